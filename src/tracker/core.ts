import type { EventType, PresenceState } from '../model/index.ts'
import type { Emitter } from './emitter.ts'
import type { Settings } from './options.ts'
import type { Links } from './parts/links.ts'
import type { Platform } from './platform.ts'
import type { TrackerRecord } from './store/record.ts'

/** What an event says beside its instant, its id and its session; undefined values are left out. */
export type Says = { type: EventType } & Record<string, unknown>

/** What every part of a tracker is given. */
export interface Core extends Pick<Emitter, 'emit' | 'fail' | 'guard'>, Pick<Links, 'cross'> {
  platform: Platform
  settings: Settings
  /** The record as this tab knows it. */
  known(): TrackerRecord | undefined
  /** Instant of the visitor's latest input that this tab knows of, recorded or not. */
  inputAt(): number
  /** Tells the page, with the Session as it may see it. */
  tell(name: PresenceState | 'session'): void
  /** Gets ready for crossing: where visits go on over several hosts, what does it is fetched. */
  prepare(): unknown
  /** Takes what happened, and when if it was not now. */
  add(says: Says, at?: number): void
}
