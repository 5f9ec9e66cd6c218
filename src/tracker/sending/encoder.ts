import type { Batch, Event } from '../../model/index.ts'
import type { Core } from '../core.ts'
import { library } from '../library.ts'

/** Milliseconds that the collector may take to find a short id: a busy one is waited for, since a page that says nothing more does not ask again. */
const shortIdWait = 5000

/** Makes batches of events. */
export const createEncoder = ({ platform, settings, known }: Pick<Core, 'platform' | 'settings' | 'known'>) => {
  /** Whose an event is: in the session of before another host's visit was taken over the visitor was another one. */
  const visitorOf = ({ session }: Event): string => known()!.former?.[session] ?? known()!.visitor

  return {
    /**
     * Encodes a batch: what its events share is said once.
     *
     * @param more of a batch whose answer nobody may see; any other one asks for the short id that is missing
     */
    encode: (events: readonly Event[], more?: Pick<Batch, 'deferred'>): string => {
      const { facts, lost } = known()!
      const batch: Batch = {
        v: 1,
        site: settings.site,
        sentAt: platform.now(),
        visitor: { id: visitorOf(events[0]!) },
        library,
        context: platform.context(),
        ...(lost && { lost }),
        ...(more ?? (!facts?.shortId && { wait: shortIdWait })),
        events: [...events],
      }
      return JSON.stringify(batch)
    },
    /** As many of the events, from the first one on, as fit into a batch; at least one. A batch is of one visitor. */
    fit: (events: readonly Event[], maxBytes: number, maxEvents?: number): Event[] => {
      let bytes = 0
      const most = events.slice(0, maxEvents)
      // UTF-16 units stand for bytes: encoding every event to count exactly costs more than a batch that is a little large. What stands
      // behind the first event that is too much is not even looked at: after a burst that may be thousands.
      const end = most.findIndex((event, index) => ((bytes += JSON.stringify(event).length) > maxBytes || visitorOf(event) !== visitorOf(most[0]!)) && index)
      return end > 0 ? most.slice(0, end) : most
    },
  }
}
