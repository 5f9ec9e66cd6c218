import { createToFacts } from '../../../src/collector/enrich/toFacts.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import type { ServedSession } from '../../../src/collector/reading/servedSession.ts'
import type { Site } from '../../../src/collector/site.ts'
import type { Batch, BatchResult, Event } from '../../../src/model/index.ts'
import { batchOf, idOf, start } from '../batches.ts'
import { createTestEndpoint, origin } from '../createTestEndpoint.ts'

/** A collector on memory, whole from HTTP to Sessions, at a time that tests set. */
export const createMemoryCollector = (site: Partial<Site> = {}) => {
  const sites: Site[] = [
    { id: 'shop', origins: [origin], ...site },
    { id: 'other', origins: [origin] },
  ]
  const log = createMemoryEventLog()
  const sessions = createMemorySessionStore(sites)
  const projecting = { log, sessions, sites, toFacts: createToFacts() }
  const projection = createProjection(projecting)
  let now = start
  let isHeld = false
  const catchUp = (): void => {
    while (!isHeld && projection.run());
  }
  const endpoint = createTestEndpoint({
    settings: { sites, addressPolicy: 'full', trustedProxies: [], rateLimits: { address: false, site: false } },
    log,
    sessions,
    projection: { wake: catchUp, waitFor: async () => true, position: projection.position },
    clock: { now: () => now, monotonicNow: () => 0 },
  })

  return {
    ...endpoint,
    log,
    sessions,
    /** Makes all Sessions anew. */
    rebuild: () => rebuild(projecting),
    setNow: (at: number) => (now = at),
    /** Lets the Sessions fall behind the log; and catch up. */
    holdFolding: (held: boolean) => {
      isHeld = held
      catchUp()
    },
    send: async (events: Event[], more: Partial<Batch> = {}): Promise<BatchResult> =>
      (await endpoint.post(JSON.stringify(batchOf({ sentAt: now, ...more }, events)))).json(),
    session: async (n: number): Promise<ServedSession> => (await endpoint.get(`/v1/sessions/${idOf(n)}`)).json(),
  }
}
