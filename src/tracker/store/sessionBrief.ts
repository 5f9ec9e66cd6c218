import { defaultRules, isCounted, toPresence, type Event, type EventBase, type EventDetails, type EndReason, type Presence, type SessionStart, type SessionState } from '../../model/index.ts'

/**
 * What a page has to know of a session to go on with it: what decides whether it is over, and how attentive the visitor is. The
 * Session itself is folded from the session's events when somebody asks for it (`showSession`).
 */
export interface SessionBrief {
  id: string
  /** Instants, milliseconds since 1970: of the first event, and of the last activity. */
  createdAt: number
  activeAt: number
  /** Milliseconds idle and away, as the furthest event has counted them. */
  idle: number
  away: number
  /** Tabs that the visitor can see, and when the last one was hidden. */
  shown: readonly string[]
  leftAt?: number | undefined
  start?: SessionStart | undefined
  end?: EndReason | undefined
  /** When it was ended, if it was. */
  endedAt?: number | undefined
  /** What was counted, where other hosts have a part in it. */
  counts?: SessionState['counts']
}

/** Adds an event to what is known of its session, if anything is. Agrees with `reduceSession`, for events in their order. */
export const foldBrief = (known: SessionBrief | undefined, event: Event): SessionBrief => {
  const { at, session, tab, start, reason, visible = /view$/.test(event.type) || undefined, activeAt = 0, idle = 0, away = 0 }: EventBase & EventDetails = event
  const before = known ?? { id: session, createdAt: at, activeAt: 0, idle: 0, away: 0, shown: [] }
  const others = before.shown.filter(other => other !== tab)
  return {
    ...before,
    createdAt: Math.min(before.createdAt, at),
    activeAt: Math.max(before.activeAt, isCounted(event) ? at : activeAt),
    idle: Math.max(before.idle, idle),
    away: Math.max(before.away, away),
    shown: visible ? [...others, tab] : visible === false ? others : before.shown,
    leftAt: visible === false ? Math.max(before.leftAt ?? 0, at) : before.leftAt,
    start: start ?? before.start,
    end: reason ?? before.end,
    endedAt: reason ? at : before.endedAt,
  }
}

/** The instants at which the visitor goes idle and away and the session times out. */
export const presenceOf = ({ createdAt, activeAt, shown, leftAt, start }: SessionBrief): Presence =>
  toPresence({ createdAt, activeAt: Math.max(activeAt, createdAt), leftAt: shown[0] ? undefined : leftAt }, { ...defaultRules, ...start?.rules })
