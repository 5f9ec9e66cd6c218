import type { Event } from '../model/index.ts'
import type { Core } from './core.ts'
import type { Emitter } from './emitter.ts'
import type { Tracker } from './tracker.ts'

/** What options can bring that are functions: the import from npm has it, the script, whose options are text, does without. */
export interface Extension {
  /** Stands between what the page calls and the tracker. */
  take(core: Core, log: Emitter['log']): Core['add']
  /** Starts what listens; the ways to stop are added to a list. */
  start(tracker: Tracker, core: Core, stops: (() => void)[]): void
}

/** Runs `middleware`, and the sources that `autotrack` names. */
export const extension: Extension = {
  take: ({ platform, settings: { middleware }, add }, log) => {
    if (!middleware) return add
    return (says, at = platform.now()) => {
      // A middleware may change what an event says, not which event it is.
      const identity = { id: platform.newId(at), at, type: says.type }
      // A copy: what the page says about itself is shared by events.
      const event = JSON.parse(JSON.stringify({ ...says, ...identity })) as Partial<Event>
      const passed = middleware(event)
      if (passed) add({ ...passed, ...identity }, at)
      else log('dropped', event)
    }
  },
  start: (tracker, { settings: { autotrack }, guard }, stops) => {
    if (Array.isArray(autotrack)) for (const source of autotrack) void guard(() => stops.push(source(tracker)))()
  },
}
