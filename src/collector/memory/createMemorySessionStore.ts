import { toSession } from '../../model/toSession.ts'
import type { Session } from '../../model/session.ts'
import { isTouch } from '../campaigns/touches.ts'
import { parseCursor, toCursor } from '../reading/cursor.ts'
import { customersOf } from '../identity/customersOf.ts'
import type { Holding, Losses, OrphanLosses, Page, ProjectionMark, SessionFilter, SessionStore, SessionWriter, SiteDelivery, StoredEvent, StoredSession, TokenClaim } from '../sessionStore.ts'
import type { Site } from '../site.ts'
import { addCampaign, createMemoryCampaignReader, type MemoryCampaigns } from './createMemoryCampaigns.ts'

/** Everything that is stored, by keys of several parts. */
interface Contents {
  mark?: ProjectionMark
  sessions: Map<string, StoredSession>
  events: Map<string, Map<string, StoredEvent>>
  holdings: Map<string, Holding>
  tokens: Map<string, TokenClaim>
  losses: Map<string, OrphanLosses>
  counts: Map<string, SiteDelivery['counts']>
  campaigns: MemoryCampaigns
}

const toKey = (...parts: string[]): string => JSON.stringify(parts)

const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const openContents = (): Contents => ({ sessions: new Map(), events: new Map(), holdings: new Map(), tokens: new Map(), losses: new Map(), counts: new Map(), campaigns: new Map() })

/** A copy that can be written to without changing the original; sessions and events themselves are replaced, never changed. */
const copyOf = ({ sessions, events, holdings, tokens, losses, counts, campaigns, ...rest }: Contents): Contents => ({
  ...rest,
  sessions: new Map(sessions),
  events: new Map([...events].map(([key, byId]) => [key, new Map(byId)])),
  holdings: new Map(holdings),
  tokens: new Map(tokens),
  losses: new Map(losses),
  counts: new Map(counts),
  campaigns: new Map(campaigns),
})

/** @returns those that were removed */
const removeLosses = (losses: Map<string, OrphanLosses>, isGone: (orphan: OrphanLosses) => boolean): Losses[] => {
  const gone = [...losses].filter(([, orphan]) => isGone(orphan))
  for (const [name] of gone) losses.delete(name)
  return gone.map(([, { lost }]) => lost)
}

const createWriter = ({ sessions, events, holdings, tokens, losses, counts, campaigns }: Contents): SessionWriter => ({
  load: (site, id) => structuredClone(sessions.get(toKey(site, id))),
  save: session => void sessions.set(toKey(session.site, session.state.id), structuredClone(session)),
  addEvent: (site, event) => {
    const key = toKey(site, event.session)
    const byId = events.get(key) ?? new Map<string, StoredEvent>()
    events.set(key, byId)
    if (byId.has(event.id)) return false
    byId.set(event.id, structuredClone(event))
    return true
  },
  eventsOf: (site, session) => structuredClone([...(events.get(toKey(site, session))?.values() ?? [])]),
  holderOf: (site, shortId, at) => {
    const holding = holdings.get(toKey(site, shortId))
    return holding && holding.until > at ? holding.session : undefined
  },
  hold: holding => void holdings.set(toKey(holding.site, holding.shortId), { ...holding }),
  remove: (site, session) => {
    const key = toKey(site, session)
    const shortId = sessions.get(key)?.facts.shortId
    if (shortId !== undefined && holdings.get(toKey(site, shortId))?.session === session) holdings.delete(toKey(site, shortId))
    sessions.delete(key)
    events.delete(key)
    return removeLosses(losses, orphan => orphan.site === site && orphan.session === session)
  },
  removeVisitor: (site, visitor) => removeLosses(losses, orphan => orphan.site === site && orphan.visitor === visitor),
  pruneTokens: at => {
    for (const [name, { until }] of tokens) if (until <= at) tokens.delete(name)
  },
  pruneLosses: ({ site, before }) => removeLosses(losses, orphan => orphan.site === site && orphan.at < before),
  claimToken: claim => {
    const key = toKey(claim.site, claim.token)
    const known = tokens.get(key)
    if (!known) tokens.set(key, { ...claim })
    return known?.holder ?? claim.holder
  },
  takeLosses: (site, session, visitor) => {
    const key = toKey(site, session, visitor)
    const lost = losses.get(key)?.lost
    losses.delete(key)
    return lost
  },
  keepLosses: orphan => void losses.set(toKey(orphan.site, orphan.session, orphan.visitor), structuredClone(orphan)),
  addCount: (site, count, difference) => {
    const known = counts.get(site)
    counts.set(site, { ...known, [count]: (known?.[count] ?? 0) + difference })
  },
  addCampaign: (of, difference) => addCampaign(campaigns, of, difference),
})

/** A page of what is sorted already. */
const paginate = <T>(entities: T[], limit: number, toNext: (last: T) => string): Page<T> => {
  const page = entities.slice(0, limit)
  return { entities: structuredClone(page), ...(entities.length > limit && { next: toNext(page.at(-1)!) }) }
}

const createdAtOf = ({ state }: StoredSession): number => state.first.stamp[0]

const lastsUntil = ({ assigned }: StoredSession): number => Math.max(-1, ...(assigned?.segments ?? []).map(({ until = -1 }) => until))

const compareNewestFirst = (a: StoredSession, b: StoredSession): number =>
  createdAtOf(b) - createdAtOf(a) || compareTexts(b.state.id, a.state.id) || compareTexts(b.site, a.site)

const isMatch = (session: Session, { site, status, shortId, customerId, visitorId }: Omit<SessionFilter, 'site'> & { site: boolean }): boolean =>
  site &&
  (status === undefined || (status === 'live' ? session.status !== 'ended' : session.status === status)) &&
  (shortId === undefined || session.shortId === shortId) &&
  (customerId === undefined || session.customerId === customerId) &&
  (visitorId === undefined || session.visitorId === visitorId)

/**
 * Creates a session store that is gone with the process: for tests, and for trying things out.
 *
 * @param sites their waiting times decide which sessions are idle, away or ended
 */
export const createMemorySessionStore = (sites: readonly Site[]): SessionStore => {
  const bySite = new Map(sites.map(site => [site.id, site]))
  let contents = openContents()

  return {
    mark: () => contents.mark,

    transaction: (mark, work) => {
      const changed = copyOf(contents)
      work(createWriter(changed))
      contents = { ...changed, mark: { ...mark } }
    },

    clear: () => {
      contents = openContents()
    },

    get: (id, site) => structuredClone([...contents.sessions.values()].find(session => session.state.id === id && (site === undefined || session.site === site))),

    list: (filter, now, { limit, after }) => {
      const { from = 0, to = Infinity } = filter
      const cursor = after === undefined ? undefined : parseCursor(after, 2)
      const isAfter = (session: StoredSession): boolean => {
        if (!cursor) return true
        const [at, id, site] = cursor
        return (createdAtOf(session) - at || compareTexts(session.state.id, id!) || compareTexts(session.site, site!)) < 0
      }
      const found = [...contents.sessions.values()].filter(session => {
        const { site, state, facts } = session
        const shown = toSession(state, facts, { now, rules: bySite.get(site) })
        const at = createdAtOf(session)
        return at >= from && at < to && isAfter(session) && isMatch(shown, { ...filter, site: filter.site === undefined || filter.site === site })
      })
      return paginate(found.sort(compareNewestFirst), limit, session => toCursor([createdAtOf(session), session.state.id, session.site]))
    },

    naming: ({ id, type, site }) =>
      [...contents.events].flatMap(([key, byId]) => {
        const [ofSite, session] = JSON.parse(key) as [string, string]
        const isNamed = [...byId.values()].flatMap(customersOf).some(customer => customer.id === id && (type === undefined || customer.type === type))
        return isNamed && (site === undefined || site === ofSite) ? [{ site: ofSite, id: session }] : []
      }),

    scrub: () => true,

    events: (site, session, { limit, after }) => {
      const [at, id] = after === undefined ? [-Infinity, ''] : parseCursor(after, 1)
      const found = [...(contents.events.get(toKey(site, session))?.values() ?? [])]
        .filter(event => (event.at - at || compareTexts(event.id, id!)) > 0)
        .sort((a, b) => a.at - b.at || compareTexts(a.id, b.id))
      return paginate(found, limit, event => toCursor([event.at, event.id]))
    },

    ...createMemoryCampaignReader(() => contents.campaigns),

    deliveries: () => [...contents.counts].map(([site, counts]) => ({ site, counts: { ...counts } })),

    lasting: ({ site, visitorId, customerId, after }) => {
      const isSame = ({ state, facts }: StoredSession): boolean =>
        (visitorId !== undefined && facts.visitorId === visitorId) || (customerId !== undefined && state.customer?.value.id === customerId)
      const found = [...contents.sessions.values()].filter(each => each.site === site && isSame(each) && lastsUntil(each) > after)
      return structuredClone(found.sort((a, b) => lastsUntil(b) - lastsUntil(a)).slice(0, 100))
    },

    touched: ({ site, visitorId, until }) => {
      const found = [...contents.sessions.values()].filter(each => each.site === site && each.facts.visitorId === visitorId && createdAtOf(each) <= until && isTouch(each))
      const [last, first] = [found.sort(compareNewestFirst)[0], found.at(-1)]
      return structuredClone({ ...(first && { first }), ...(last && { last }) })
    },

    close: () => undefined,
  }
}
