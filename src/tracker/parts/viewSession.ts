import type { PresenceState, Session } from '../../model/index.ts'
import type { Emitter } from '../emitter.ts'
import { toJourneyContext, type JourneyContext } from '../journeyContext.ts'
import type { Platform } from '../platform.ts'
import type { TrackerRecord } from '../store/record.ts'
import { showSession, type ReadKept } from './showSession.ts'

/** Where a page's views look, and whom they tell. */
interface ViewsOptions extends Pick<Platform, 'context' | 'now'> {
  /** Tells the page's handlers. */
  announce: Emitter['emit']
}

/** What a page sees of its visit. */
export interface Views {
  session(): Promise<Session | undefined>
  journeyContext(): JourneyContext | undefined
  /** Tells the page, with the Session as it may see it; in the order of the calls. */
  show(name: PresenceState | 'session'): Promise<void>
  /** Tells what is new in a record. */
  news(record: TrackerRecord): void
}

/**
 * Shows the page what it may see.
 *
 * @param record the one as this tab knows it
 * @param events reads those of the session
 */
export const viewSession = (record: () => TrackerRecord | undefined, events: ReadKept, { context, now, announce }: ViewsOptions): Views => {
  let shown: string | undefined
  let last: Promise<unknown> = Promise.resolve()

  const session = async (): Promise<Session | undefined> => {
    const known = record()
    return known && showSession(known, events, { ...context(), now: now() })
  }

  const show: Views['show'] = name => {
    const told = last.then(session).then(seen => announce(name, seen as Session))
    // Whoever asked hears of a failure; who comes after is told all the same.
    last = Promise.allSettled([told])
    return told
  }

  return {
    session,
    journeyContext: () => {
      const known = record()
      return known && toJourneyContext(known)
    },
    show,
    news: ({ session: current, facts }) => {
      const state = JSON.stringify([current?.id, facts])
      if (current && state !== shown) void show('session')
      // What stood in the facts before was told before. Nothing is news to a page that has just come.
      for (const each of facts?.assigned ?? []) if (shown && !shown.includes(each)) announce(each.slice(-7) as 'segment', each.slice(1, -8))
      shown = state
    },
  }
}
