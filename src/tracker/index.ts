import { toSession } from '../model/index.ts'
import { createTracker as create } from './createTracker.ts'
import type { TrackerOptions } from './options.ts'
import type { Tracker } from './tracker.ts'

/** Creates the tracker of a page, and starts it. On a server, and with wrong options, it does nothing. */
export const createTracker = (options: TrackerOptions): Tracker => create(options, async () => ({ toSession }))

export type { AutotrackSource, TrackerOptions } from './options.ts'
export type { Attributes, Identity, Tracker } from './tracker.ts'
export type { TrackerEvents, Trouble } from './emitter.ts'
export type { Session } from '../model/index.ts'
