import type { LoggedBatch } from './eventLog.ts'
import type { SessionFacts } from '../model/session.ts'
import type { Site } from './site.ts'

/** Works out what a batch says about its session beside the events; see `enrich/toFacts.ts`. */
export type ToFacts = (logged: LoggedBatch, site: Site) => SessionFacts
