import { statusAt, type PresenceState } from '../model/index.ts'
import type { Platform } from './platform.ts'
import { presenceOfRecord, type Draft, type TrackerRecord } from './record.ts'

export interface PresenceOptions {
  platform: Pick<Platform, 'now' | 'after' | 'newId'>
  record(): TrackerRecord | undefined
  add(draft: Draft): void
  touch(at: number): Promise<void>
  /** Milliseconds that an event may wait before it is sent: news of activity must be on its way that much earlier. */
  lead: number
  onState(state: PresenceState): void
}

/** Milliseconds between two writes of plain input: the most by which another tab's idle instant can be early. */
const touchEvery = 5000
/** Longest wait of a browser timer (2^31 - 1 ms); later ones fire at once. */
const longestTimer = 2_147_483_647

/**
 * Watches the visitor go active, idle and away. A timer only says when to look: the answer is computed from the instants
 * in the record, so it is right after sleep, throttling and a clock that jumps.
 */
export const startPresence = ({ platform, record, add, touch, lead, onState }: PresenceOptions) => {
  let state: PresenceState = 'active'
  let cancel: (() => void) | undefined
  let inputAt = 0
  let writtenAt = 0

  const addActivity = (next: PresenceState, more: { activeAt?: number; visible?: boolean } = {}, at = platform.now()): void =>
    add({ type: 'activity', id: platform.newId(at), at, state: next, ...more })

  const change = (next: PresenceState): void => {
    if (next === state) return
    state = next
    onState(next)
  }

  /** Looks at the instants, tells what has changed, and plans the next look. */
  const look = (): void => {
    cancel?.()
    const known = record()
    if (!known?.session || known.session.end) return
    const session = known.session
    const now = platform.now()
    const presence = presenceOfRecord({ ...known, activeAt: Math.max(known.activeAt, inputAt) }, session)
    const status = statusAt(presence, now)
    if (status === 'ended') return change('away')
    const told = presenceOfRecord({ ...known, activeAt: 0 }, session).idleAt - lead
    if (status === 'active' && now >= told && Math.max(known.activeAt, inputAt) > session.activeAt) {
      addActivity('active', { activeAt: Math.max(known.activeAt, inputAt) })
    } else if (status !== 'active' && known.told !== status) {
      addActivity(status, {}, status === 'idle' ? presence.idleAt : presence.awayAt)
    }
    change(status)
    const next = Math.min(...[told, presence.idleAt, presence.awayAt, presence.endsAt].filter(at => at > now))
    cancel = platform.after(Math.min(next - now, longestTimer), look)
  }

  return {
    look,
    state: (): PresenceState => state,
    /** Trusted input of the visitor. */
    onInput: (): void => {
      const now = platform.now()
      inputAt = now
      const known = record()
      if (!known?.session) return
      if (state !== 'active' || presenceOfRecord(known, known.session).idleAt <= now) {
        addActivity('active', { activeAt: now })
        change('active')
      } else if (Math.abs(now - writtenAt) >= touchEvery) {
        writtenAt = now
        void touch(now)
      }
    },
    /** The tab was shown or hidden. Showing it is an act of the visitor, hiding it is not. */
    onVisible: (visible: boolean): void => {
      const now = platform.now()
      if (visible) {
        addActivity('active', { visible, activeAt: now })
        change('active')
      } else addActivity(state, { visible })
    },
    stop: (): void => cancel?.(),
  }
}

export type Presence = ReturnType<typeof startPresence>
