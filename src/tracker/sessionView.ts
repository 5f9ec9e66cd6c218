import { toSession, type Session } from '../model/index.ts'
import type { Core } from './core.ts'
import { library } from './library.ts'
import type { TrackerRecord } from './record.ts'

/** The Session as the page may see it: folded from its events, with what the collector told of it. */
export const toSessionView = (record: TrackerRecord | undefined, { platform, settings: { app } }: Pick<Core, 'platform' | 'settings'>): Session | undefined =>
  record?.session &&
  toSession(record.session, { visitorId: record.visitor, userAgentString: platform.context().userAgent, sdkLibrary: library, app, ...record.facts }, { now: platform.now() })
