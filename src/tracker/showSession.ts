import { toSession } from '../model/toSession.ts'
import type { BatchContext, Session } from '../model/index.ts'
import { library } from './library.ts'
import type { TrackerRecord } from './record.ts'

/** The record's Session as the page may see it; undefined while there is none. */
export const showSession = ({ session, visitor, facts }: TrackerRecord, { userAgent, app }: BatchContext, now: number): Session | undefined =>
  session && toSession(session, { visitorId: visitor, userAgentString: userAgent, sdkLibrary: library, app, ...facts }, { now })
