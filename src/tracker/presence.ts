import { statusAt, type PresenceState } from '../model/index.ts'
import type { Core } from './core.ts'
import { presenceOf } from './store/sessionBrief.ts'

/** Milliseconds by which news of activity is recorded before the visitor would count as idle, beside the wait for a request. */
const lead = 1000

/**
 * Watches the visitor go active, idle and away. A timer only says when to look: the answer is computed from the instants
 * in the record and of the latest input, so it is right after sleep, throttling and a clock that jumps.
 */
export const createPresence = ({ platform, settings: { batch }, known, add, tell }: Core) => {
  let state: PresenceState = 'active'
  let inputAt = 0
  /** Instant of an act that this tab has seen or heard of; that the tab was shown is told at once, and is none. */
  let heardAt = 0
  let dueAt = 0

  const change = (next: PresenceState): void => {
    if (next !== state) tell((state = next))
  }

  /**
   * Looks at the instants, tells what has changed, and plans the next look.
   *
   * @param isLast news of input cannot wait any more
   */
  const look = (isLast?: boolean): void => {
    const { session, told } = known() ?? {}
    if (!session || session.end) return
    const now = platform.now()
    const tellAt = Math.min(...Object.values(presenceOf(session))) - batch.maxDelayMs - lead
    // What follows counts input that no event has told yet.
    const { activeAt } = session
    const presence = presenceOf({ ...session, activeAt: Math.max(activeAt, inputAt) })
    const status = statusAt(presence, now)
    if (inputAt > activeAt && (isLast || now >= tellAt || told !== 'active')) add({ type: 'activity', state: 'active', activeAt: inputAt }, inputAt)
    if (status === 'ended') return change('away')
    if (status !== 'active' && status !== told) add({ type: 'activity', state: status }, status === 'idle' ? presence.idleAt : presence.awayAt)
    change(status)
    dueAt = Math.min(...[tellAt, ...Object.values(presence)].filter(at => at > now))
    planLook(dueAt - now)
  }
  const planLook = platform.createAlarm(look)

  return {
    look,
    inputAt: () => heardAt,
    /**
     * Looks if a look is overdue, as it is when the machine has slept. To be called before anything is recorded that may open a session:
     * what is still to be told belongs to the one before.
     */
    catchUp: (now: number): void => {
      if (now >= dueAt) look()
    },
    /** Input of the visitor, in this tab or another. */
    onInput: (at: number): void => {
      look()
      heardAt = Math.max(heardAt, at)
      inputAt = Math.max(inputAt, at)
      look()
    },
    /** The tab was shown or hidden. Showing it is an act of the visitor, hiding it is not. */
    onVisible: (visible: boolean): void => {
      look()
      if (visible) {
        inputAt = platform.now()
        change('active')
      }
      add({ type: 'activity', state, visible, activeAt: inputAt || undefined })
    },
  }
}
