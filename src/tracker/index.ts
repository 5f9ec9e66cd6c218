import * as check from './check.ts'
import { createTracker as create } from './createTracker.ts'
import { extension } from './extension.ts'
import * as historyPart from './history.ts'
import { inertTracker } from './inertTracker.ts'
import * as links from './links.ts'
import * as message from './message.ts'
import type { TrackerOptions } from './options.ts'
import type { Parts } from './parts.ts'
import * as session from './session.ts'
import type { Tracker } from './tracker.ts'

const parts: Parts = { session, check, message, history: historyPart, links }

/** Creates the tracker of a page, and starts it. On a server, in a worker, and with wrong options, it does nothing. */
export const createTracker = (options: TrackerOptions): Tracker =>
  (typeof document === 'undefined' ? undefined : create(options, async name => parts[name], extension)) ?? inertTracker()

export type { AutotrackSource, TrackerOptions } from './options.ts'
export type { Attributes, Identity, Tracker } from './tracker.ts'
export type { JourneyContext } from './journeyContext.ts'
export type { TrackerEvents, Trouble } from './emitter.ts'
export type { Session } from '../model/index.ts'
