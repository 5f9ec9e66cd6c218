import type { Event, EventPage, SessionStart } from '../../src/model/index.ts'
import { limits } from '../../src/model/limits.ts'
import { createIds } from '../../src/tracker/browser/ids.ts'
import type { Collector } from './startCollector.ts'
import { toBatch } from './toBatch.ts'

export interface VisitOptions {
  site: string
  page: EventPage
  start?: Partial<SessionStart>
  /** More events of the session, after its first pageview. */
  events?: (Partial<Event> & Pick<Event, 'type'>)[]
  userAgent?: string
}

/** A visit without a browser, for what a page shows of it. @returns id of its session, which is readable then */
export const visit = async ({ url }: Pick<Collector, 'url'>, { site, page, start, events = [], userAgent }: VisitOptions): Promise<string> => {
  const { newId } = createIds()
  const at = Date.now()
  const session = newId(at)
  const opening: Event = { type: 'pageview', id: session, at, session, seq: 0, tab: 'visit', page, start: { type: 'web', index: 1, ...start } }
  const others = events.map((event, i) => ({ id: newId(at + 1), at: at + 1 + i, session, seq: i + 1, tab: 'visit', ...event }) as Event)
  const context = userAgent === undefined ? {} : { userAgent }
  const batch = toBatch({ site, visitor: { id: newId(at) }, context, wait: limits.wait, events: [opening, ...others] })
  const response = await fetch(`${url}/v1/events`, { method: 'POST', body: JSON.stringify(batch) })
  const text = await response.text()
  if (response.status !== 200 || !text.includes(`"accepted":${batch.events.length}`)) throw new Error(`${response.status}: ${text}`)
  return session
}
