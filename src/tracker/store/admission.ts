import { findCampaign, isCounted, splitGap, statusAt, type Event, type EventBase, type EventDetails, type LandingCampaign } from '../../model/index.ts'
import type { Core } from '../core.ts'
import { ownRules } from '../options.ts'
import { countSessions, type TrackerRecord } from './record.ts'
import { presenceOf, type SessionBrief } from './sessionBrief.ts'

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** An event before it is known which session it belongs to. */
export type Draft = DistributiveOmit<Event, 'session' | 'seq' | 'tab' | 'idle' | 'away' | 'start'> & {
  /** Campaign of the page, read from its address. */
  campaign?: LandingCampaign | undefined
}

/** Events that a draft became: none for an activity that is no news, two when a session was ended for it. */
export type Admit = (record: TrackerRecord, draft: Draft) => Event[]

/** The tags of a campaign, the same ones in whatever order they stood. */
const sorted = (campaign?: LandingCampaign): string | undefined => campaign?.tags?.split('&').sort().join()

/**
 * The decision "extend or open a new one", and the numbers an event gets with it. Pure but for this tab's ids and numbers, and
 * what led to the page.
 */
export const createAdmission = ({ platform: { now, newId, page, address, referrer, isVisible }, settings, inputAt }: Pick<Core, 'platform' | 'settings' | 'inputAt'>) => {
  const { type, newSessionOnCampaign } = settings
  const rules = ownRules(settings)
  let tab: string | undefined
  let numbers: Record<string, number>
  let opener: string | undefined
  let landing: string | undefined
  /** Tags of the campaign that this document has told of last: who comes back to its address does not come by it again. */
  let brought: string | undefined
  const renew = (): void => {
    // A name per document, never stored: a copied or restored tab can then not repeat numbers that were given out before.
    tab = undefined
    numbers = {}
    // Only the first session of a document came from elsewhere; one that opens later, after a timeout, has no referrer.
    opener = referrer() || undefined
    // Read now: an app may have gone elsewhere by the time that it tracks something, or may.
    landing = address()
  }
  renew()

  const campaignOf = (address = ''): LandingCampaign | undefined => findCampaign(address, settings.campaign)

  const number = (says: object, session: string): Event =>
    ({ ...says, session, tab: (tab ??= newId(now()).slice(-8)), seq: (numbers[session] = (numbers[session] ?? -1) + 1) }) as Event

  /** What the session counts when the visitor is active at an instant. */
  const advance = (session: SessionBrief, at = 0): SessionBrief => {
    const { idle, away } = splitGap(presenceOf(session), at)
    return { ...session, activeAt: Math.max(session.activeAt, at), idle: session.idle + idle, away: session.away + away }
  }

  const extend = (session: SessionBrief, event: object, activeAt?: number): Event => {
    const { idle, away } = advance(session, activeAt)
    return number({ ...event, idle: idle || undefined, away: away || undefined }, session.id)
  }

  const admit: Admit = (record, { campaign, ...draft }) => {
    const { told, customer } = record
    const { id, at, state, visible, reason, activeAt: reportedAt }: Partial<EventBase> & EventDetails & { id: string; at: number } = draft
    /** The instant of activity that the event tells: itself when it counts, the input that it reports, or none. */
    const activeAt = state ? reportedAt : isCounted(draft as Event) ? at : undefined
    // A tab that was suspended hears late of input in another one, which may not have recorded it: it came first all the same. What came after
    // the session was over is none of it.
    const session = record.session && inputAt() < Math.min(activeAt ?? 0, presenceOf(record.session).endsAt) ? advance(record.session, inputAt()) : record.session
    const presence = session && !session.end && presenceOf(session)
    const isOpen = presence && at < presence.endsAt
    const tags = sorted(campaign)
    const isNewCampaign = tags && newSessionOnCampaign && tags !== brought && tags !== sorted(session?.start?.campaign)
    brought = tags ?? brought

    // Who signs out after the time-out is forgotten like anybody else: the session is told of it, as of the instant at which it was over.
    if (presence && (reason ?? (isOpen && !isNewCampaign))) {
      const isNews = !state || visible !== undefined || (activeAt ? activeAt > session.activeAt : told !== state && statusAt(presence, at) === state)
      return isNews ? [extend(session, isOpen ? draft : { ...draft, at: session.activeAt || session.createdAt }, activeAt)] : []
    }
    // Neither an end nor news of a leave is reason enough to open a session, nor is input that another tab has not told before the last one was ended.
    if (reason || (state && (visible === false || !(activeAt! > (session?.endedAt ?? 0))))) return []
    const start = { type, index: countSessions(record) + 1, previous: session?.id, referrer: opener, campaign: campaign ?? campaignOf(address()) ?? campaignOf(landing), customer, rules }
    opener = landing = undefined
    const ended = isOpen ? [number({ type: 'end', id: newId(at), at, reason: 'campaign' }, session.id)] : []
    // Input that opens a session says that its page is seen; views say so anyway.
    return [...ended, number({ page: page(), visible: state && isVisible(), ...draft, start }, id)]
  }

  return {
    admit,
    /** Goes on as in a document of another name: nothing is known of this one any more. */
    renew,
  }
}
