import { createTracker } from './createTracker.ts'
import { extension, type Extension } from './extension.ts'
import { importPart } from './parts/importPart.ts'
import { tellConnectivity, type ConnectivityOption } from './networkConnectivity.ts'
import type { TrackerOptions } from './options.ts'
import { orInert } from './orInert.ts'
import type { Tracker } from './tracker.ts'

/** How the tracker of an app is set up: `type` is `app` unless it says otherwise. */
export interface AppTrackerOptions extends TrackerOptions {
  /** How the device is connected: `true` (default) for what the platform tells, or what the app knows. */
  networkConnectivity?: ConnectivityOption
}

/** Creates the tracker of an app, and starts it: as `createTracker`, and with every batch it says how the device is connected. */
export const createAppTracker = (options: AppTrackerOptions): Tracker => {
  const { networkConnectivity = true, ...others } = { ...options }
  const start: Extension['start'] = (tracker, core, stops) => {
    tellConnectivity(core.platform, networkConnectivity)
    extension.start(tracker, core, stops)
  }
  return orInert(() => createTracker({ type: 'app', ...others }, importPart, { ...extension, start }))
}
