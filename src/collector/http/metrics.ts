import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { DeliveryCount, SiteDelivery } from '../sessionStore.ts'

export interface MetricsOptions {
  /** Position of the newest batch in the log, and how far the projection is. */
  positions(): { log: number; projection: number }
  /** What came of the events of each site, from the beginning. */
  deliveries(): SiteDelivery[]
  liveClients(): number
  bytesInFlight(): number
}

/** Seconds; from a quick answer to one that waited for a short id. */
const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** Events of all Sessions of a site. */
const deliveryGauges: [name: string, help: string, count: Exclude<DeliveryCount, `lost:${string}`>][] = [
  ['sojourn_session_events_received', 'Events in the Sessions of a site, each once', 'received'],
  ['sojourn_session_events_missing', 'Events that have not come although later ones of their tab have; those that pages have given up are among them', 'missing'],
  ['sojourn_session_events_duplicate', 'Events that came again, and were not counted again', 'duplicates'],
  ['sojourn_session_events_foreign', 'Events for a session of another visitor, which were left out', 'foreign'],
]

/**
 * What the Sessions say of the delivery of their events. Gauges, although most of them only grow: they belong to the Sessions, not to
 * the process. A restart goes on with them, a rebuild counts again from nothing, what was missing may still come.
 */
const addDeliveryGauges = (registers: Registry[], deliveries: () => SiteDelivery[]): void => {
  for (const [name, help, count] of deliveryGauges) {
    new Gauge({
      name,
      help,
      labelNames: ['site'] as const,
      registers,
      collect() {
        this.reset()
        for (const { site, counts } of deliveries()) this.set({ site }, counts[count] ?? 0)
      },
    })
  }
  new Gauge({
    name: 'sojourn_session_events_lost',
    help: 'Events that pages have given up, as they tell, by reason; also of sessions of which nothing has come',
    labelNames: ['site', 'reason'] as const,
    registers,
    collect() {
      this.reset()
      for (const { site, counts } of deliveries()) {
        for (const [name, count] of Object.entries(counts)) if (name.startsWith('lost:')) this.set({ site, reason: name.slice('lost:'.length) }, count)
      }
    },
  })
}

/** Creates the metrics of one collector, in a registry of their own: several collectors can run in one process. */
export const createMetrics = ({ positions, deliveries, liveClients, bytesInFlight }: MetricsOptions) => {
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
  gauge('sojourn_live_clients', 'Clients that listen to the stream of changes', liveClients)
  gauge('sojourn_bytes_in_flight', 'Bytes of request bodies that are being read or worked on', bytesInFlight)
  addDeliveryGauges(registers, deliveries)
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
    tokens: new Counter({ name: 'sojourn_identity_tokens_total', help: 'Identity tokens, by what became of them', labelNames: ['site', 'result'] as const, registers }),
    problems: new Counter({ name: 'sojourn_problems_total', help: 'Requests that could not be served, by problem', labelNames: ['code'] as const, registers }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
