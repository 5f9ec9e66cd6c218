import { createTracker as create } from './createTracker.ts'
import { extension } from './extension.ts'
import { inertTracker } from './inertTracker.ts'
import type { TrackerOptions } from './options.ts'
import type { LoadPart, Parts } from './parts.ts'
import type { Tracker } from './tracker.ts'

/** A bundler makes files of their own of them, which pages only fetch when they need them. */
const parts: { [K in keyof Parts]: () => Promise<Parts[K]> } = {
  session: () => import('./session.ts'),
  check: () => import('./check.ts'),
  message: () => import('./message.ts'),
  history: () => import('./history.ts'),
  lease: () => import('./lease.ts'),
  links: () => import('./links.ts'),
}
const load: LoadPart = name => parts[name]()

/** Creates the tracker of a page, and starts it. On a server, in a worker, and with wrong options, it does nothing. */
export const createTracker = (options: TrackerOptions): Tracker =>
  (typeof document === 'undefined' ? undefined : create(options, load, extension)) ?? inertTracker()

export type { AutotrackSource, TrackerOptions } from './options.ts'
export type { Attributes, Identity, Tracker } from './tracker.ts'
export type { JourneyContext } from './journeyContext.ts'
export type { TrackerEvents, Trouble } from './emitter.ts'
export type { Session } from '../model/index.ts'
