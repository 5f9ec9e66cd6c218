import type { Emitter } from './emitter.ts'
import type { Settings } from './options.ts'
import type { Platform } from './platform.ts'

/** What every part of a tracker is given. */
export interface Core extends Pick<Emitter, 'emit' | 'fail' | 'guard'> {
  platform: Platform
  settings: Settings
}
