import { presenceOf, statusAt, type Activity, type Presence as Instants, type PresenceState, type SessionState } from '../model/index.ts'
import type { Platform } from './platform.ts'
import type { TrackerRecord } from './record.ts'

export interface PresenceOptions {
  platform: Pick<Platform, 'now' | 'after' | 'tell'>
  record(): TrackerRecord | undefined
  add(activity: Pick<Activity, 'type' | 'state' | 'visible'> & { activeAt?: number | undefined }, at?: number): void
  /** Milliseconds that an event may wait before it is sent: news of activity must be on its way that much earlier. */
  lead: number
  /** Told when the state changes. */
  onState(state: PresenceState): void
}

/** Milliseconds between two messages about input: the most by which another tab knows less. */
const tellEvery = 5000
/** Longest wait of a browser timer (2^31 - 1 ms); later ones fire at once. */
const longestTimer = 2_147_483_647

/**
 * Watches the visitor go active, idle and away. A timer only says when to look: the answer is computed from the instants
 * in the record and of the latest input, so it is right after sleep, throttling and a clock that jumps.
 */
export const startPresence = ({ platform, record, add, lead, onState }: PresenceOptions) => {
  let state: PresenceState = 'active'
  let cancel: (() => void) | undefined
  let inputAt = 0
  let toldAt = 0

  const change = (next: PresenceState): void => {
    if (next !== state) onState((state = next))
  }

  /** The instants, counting input that no event has told yet. */
  const instantsOf = (session: SessionState): Instants => presenceOf({ ...session, activeAt: Math.max(session.activeAt, inputAt) })

  /** Looks at the instants, tells what has changed, and plans the next look. */
  const look = (): void => {
    cancel?.()
    const { session, told } = record() ?? {}
    if (!session || session.end) return
    const now = platform.now()
    const { idleAt, awayAt, endsAt } = instantsOf(session)
    const status = statusAt({ idleAt, awayAt, endsAt }, now)
    if (status === 'ended') return change('away')
    const tellAt = presenceOf(session).idleAt - lead
    if (now >= tellAt && inputAt > session.activeAt) add({ type: 'activity', state: 'active', activeAt: inputAt }, inputAt)
    if (status !== 'active' && status !== told) add({ type: 'activity', state: status }, status === 'idle' ? idleAt : awayAt)
    change(status)
    cancel = platform.after(Math.min(longestTimer, ...[tellAt, idleAt, awayAt, endsAt].filter(at => at > now).map(at => at - now)), look)
  }

  return {
    look,
    /** Another tab has seen input. */
    onTold: (at = 0): void => {
      inputAt = Math.max(inputAt, at)
    },
    /** Trusted input of the visitor. */
    onInput: (): void => {
      const now = platform.now()
      const session = record()?.session
      const isBack = session && statusAt(instantsOf(session), now) !== 'active'
      inputAt = now
      if (isBack) {
        add({ type: 'activity', state: 'active', activeAt: now })
        change('active')
      } else if (Math.abs(now - toldAt) >= tellEvery) {
        toldAt = now
        platform.tell({ inputAt })
      }
    },
    /** The tab was shown or hidden. Showing it is an act of the visitor, hiding it is not. */
    onVisible: (visible: boolean): void => {
      if (visible) {
        inputAt = platform.now()
        change('active')
      }
      add({ type: 'activity', state, visible, activeAt: inputAt || undefined })
    },
    stop: (): void => cancel?.(),
  }
}

export type Presence = ReturnType<typeof startPresence>
