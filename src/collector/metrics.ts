import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FoldCounts } from './foldBatch.ts'

export interface MetricsOptions {
  /** Position of the newest batch in the log, and how far the projection is. */
  positions(): { log: number; projection: number }
  /** What became of events since the start. */
  counts(): FoldCounts
  liveClients(): number
  bytesInFlight(): number
}

/** Seconds; from a quick answer to one that waited for a short id. */
const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** Creates the metrics of one collector, in a registry of their own: several collectors can run in one process. */
export const createMetrics = ({ positions, counts, liveClients, bytesInFlight }: MetricsOptions) => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('sojourn_log_position', 'Position of the newest batch in the event log', () => positions().log)
  gauge('sojourn_projection_position', 'Position in the event log up to which Sessions are made', () => positions().projection)
  gauge('sojourn_projection_lag_batches', 'Batches that are accepted and not in the Sessions yet', () => positions().log - positions().projection)
  gauge('sojourn_folded_events', 'Events that were folded into Sessions since the start', () => counts().folded)
  gauge('sojourn_duplicate_events', 'Events that came again, and were not counted again, since the start', () => counts().duplicates)
  gauge('sojourn_foreign_events', 'Events for a session of another visitor, which were left out, since the start', () => counts().foreign)
  gauge('sojourn_live_clients', 'Clients that listen to the stream of changes', liveClients)
  gauge('sojourn_bytes_in_flight', 'Bytes of request bodies that are being read or worked on', bytesInFlight)
  return {
    registry,
    requests: new Histogram({
      name: 'sojourn_http_request_duration_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: durations,
      registers,
    }),
    batches: new Counter({ name: 'sojourn_batches_total', help: 'Batches that were accepted', labelNames: ['site'] as const, registers }),
    events: new Counter({ name: 'sojourn_events_total', help: 'Events that were accepted', labelNames: ['site'] as const, registers }),
    rejected: new Counter({ name: 'sojourn_events_rejected_total', help: 'Events of accepted batches that were refused', labelNames: ['site'] as const, registers }),
    problems: new Counter({ name: 'sojourn_problems_total', help: 'Requests that could not be served, by problem', labelNames: ['code'] as const, registers }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
