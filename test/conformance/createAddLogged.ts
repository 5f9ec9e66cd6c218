import type { EventLog } from '../../src/collector/eventLog.ts'
import type { SessionWriter, StoredEvent } from '../../src/collector/sessionStore.ts'
import { batchOf } from '../collector/batches.ts'

/** Creates what adds an event, as it is to be stored, in the way of the projection: it is in the log before, in a batch of its own. */
export const createAddLogged = (log: EventLog) => (writer: Pick<SessionWriter, 'addEvent'>, site: string, stored: StoredEvent): boolean => {
  const { receivedAt, clientAt, ...event } = stored
  // In memory it is there at once.
  void log.append({ receivedAt, site, address: null, userAgent: null, batch: batchOf({ site }, [{ ...event, at: clientAt ?? event.at }]) })
  return writer.addEvent(site, stored, log.last())
}
