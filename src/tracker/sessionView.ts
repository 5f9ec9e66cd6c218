import { toSession, type JourneyApp, type Session } from '../model/index.ts'
import { library } from './library.ts'
import type { TrackerRecord } from './record.ts'

export interface SessionViewOptions {
  now(): number
  userAgent: string
  app: JourneyApp | undefined
  /** Called when another session shows, or more is known of it. */
  onChange(session: Session): void
}

/** The short id of the record's session, once the collector has told it. */
export const shortIdOf = (record: TrackerRecord | undefined): string | undefined =>
  record?.facts && record.facts.id === record.session?.id ? record.facts.shortId : undefined

/** The Session as the page may see it: folded from its events, with what the collector told of it. */
export const createSessionView = ({ now, userAgent, app, onChange }: SessionViewOptions) => {
  let shown: string | undefined
  const waiting: ((shortId: string) => void)[] = []

  const show = (record: TrackerRecord | undefined): Session | undefined => {
    if (!record?.session) return undefined
    const { id, ...facts } = record.facts ?? { id: '' }
    const own = { visitorId: record.visitor, userAgentString: userAgent, sdkLibrary: library, ...(app && { app }) }
    return toSession(record.session, id === record.session.id ? { ...own, ...facts } : own, now())
  }

  return {
    show,
    /** Compares the record with what was shown last. */
    update: (record: TrackerRecord): void => {
      const state = JSON.stringify([record.session?.id, record.facts])
      if (state === shown) return
      shown = state
      const session = show(record)
      if (session) onChange(session)
      const shortId = shortIdOf(record)
      if (shortId) waiting.splice(0).forEach(resolve => resolve(shortId))
    },
    shortId: async (record: TrackerRecord | undefined): Promise<string> =>
      shortIdOf(record) ?? new Promise(resolve => waiting.push(resolve)),
  }
}
