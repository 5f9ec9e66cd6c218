import { toSession, type JourneyApp, type Session } from '../model/index.ts'
import type { Emitter } from './emitter.ts'
import { library } from './library.ts'
import type { Platform } from './platform.ts'
import type { TrackerRecord } from './record.ts'

export interface SessionViewOptions {
  platform: Pick<Platform, 'now' | 'context'>
  app: JourneyApp | undefined
  emit: Emitter['emit']
}

/** The short id of the record's session, once the collector has told it. */
export const shortIdOf = (record: TrackerRecord | undefined): string | undefined =>
  record?.facts && record.facts.id === record.session?.id ? record.facts.shortId : undefined

/** The Session as the page may see it: folded from its events, with what the collector told of it. */
export const createSessionView = ({ platform, app, emit }: SessionViewOptions) => {
  let shown: string | undefined

  const show = (record: TrackerRecord | undefined): Session | undefined => {
    if (!record?.session) return undefined
    const { id, ...facts } = record.facts ?? { id: '' }
    const own = { visitorId: record.visitor, userAgentString: platform.context().userAgent!, sdkLibrary: library, ...(app && { app }) }
    return toSession(record.session, id === record.session.id ? { ...own, ...facts } : own, platform.now())
  }

  return {
    show,
    /** Compares the record with what was shown last; tells of another session, and when more is known of it. */
    update: (record: TrackerRecord): void => {
      const state = JSON.stringify([record.session?.id, record.facts])
      const session = show(record)
      if (state === shown || !session) return
      shown = state
      emit('session', session)
    },
  }
}
