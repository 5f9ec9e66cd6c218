import { createTracker as create } from './createTracker.ts'
import { extension } from './extension.ts'
import { importPart } from './parts/importPart.ts'
import type { TrackerOptions } from './options.ts'
import { orInert } from './orInert.ts'
import type { Tracker } from './tracker.ts'

/** Creates the tracker of a page, and starts it. On a server, in a worker, and with wrong options, it does nothing. */
export const createTracker = (options: TrackerOptions): Tracker => orInert(() => create(options, importPart, extension))

export { createAppTracker, type AppTrackerOptions } from './createAppTracker.ts'
export type { ConnectivityOption } from './networkConnectivity.ts'
export type { AutotrackSource, TrackerOptions } from './options.ts'
export type { Attributes, Identity, Tracker } from './tracker.ts'
export type { JourneyContext } from './journeyContext.ts'
export type { TrackerEvents, Trouble } from './emitter.ts'
export type { Session } from '../model/index.ts'
