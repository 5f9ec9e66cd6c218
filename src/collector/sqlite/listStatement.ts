import type { SessionFilter } from '../sessionStore.ts'

/** A filter for one index. */
export interface ListFilter extends SessionFilter {
  /** Only sessions whose customer is known by no more than the visitor id. */
  isUnnamed?: boolean
}

/** What a list statement needs to be told, by name. */
export interface ListParameters {
  limit: number
  now: number
  from: number
  /** Where to begin: sessions that come after this one in the order of lists. */
  at: number
  row: number
  /** Values of the filter. */
  site?: number
  shortId?: string
  customerId?: string
  visitorId?: Buffer
}

/**
 * By status: the same comparisons as `statusAt` makes. Ended are those that are not among the live ones: to look at `ends_at` would
 * mean to read every row, and the live ones are in a table of their own.
 */
const statusConditions: Record<NonNullable<SessionFilter['status']>, string> = {
  live: 'ends_at > @now',
  active: 'ends_at > @now AND away_at > @now AND idle_at > @now',
  idle: 'ends_at > @now AND away_at > @now AND idle_at <= @now',
  away: 'ends_at > @now AND away_at <= @now',
  ended: 'NOT EXISTS (SELECT 1 FROM live WHERE live.created_at = sessions.created_at AND live.row = sessions.row AND live.ends_at > @now)',
}

/** The index that leaves least to look at. Said, not left to be guessed: the tables have no statistics. */
const sourceOf = ({ shortId, customerId, visitorId, status, site }: SessionFilter): string => {
  if (shortId !== undefined) return 'sessions INDEXED BY sessions_by_short_id'
  if (customerId !== undefined) return 'sessions INDEXED BY sessions_by_customer'
  if (visitorId !== undefined) return 'sessions INDEXED BY sessions_by_visitor'
  // The live ones are few, and ended ones are everywhere.
  if (status !== undefined && status !== 'ended') return 'live'
  return `sessions INDEXED BY ${site === undefined ? 'sessions_by_creation' : 'sessions_by_site'}`
}

/**
 * The statement that finds the rows of a page of sessions, newest first. All values are parameters; the text depends only on which
 * fields the filter has.
 */
export const toListStatement = (filter: ListFilter): string => {
  const { site, status, shortId, customerId, visitorId, isUnnamed } = filter
  const conditions = [
    ...(shortId === undefined ? [] : ['short_id = @shortId']),
    ...(customerId === undefined ? [] : ['customer_id = @customerId']),
    ...(visitorId === undefined ? [] : ['visitor_id = @visitorId']),
    ...(isUnnamed ? ['customer_id IS NULL'] : []),
    ...(site === undefined ? [] : ['site_id = @site']),
    ...(status === undefined ? [] : [statusConditions[status]]),
    'created_at >= @from',
    '(created_at, row) < (@at, @row)',
  ]
  return `SELECT row, created_at AS createdAt FROM ${sourceOf(filter)}
    WHERE ${conditions.join(' AND ')} ORDER BY created_at DESC, row DESC LIMIT @limit`
}
