import type { Database } from 'better-sqlite3'
import { parseCursor, toCursor } from '../cursor.ts'
import type { Page, SessionFilter, SessionReader } from '../sessionStore.ts'
import { toIdBlob, toIdText } from './idBlob.ts'
import { toListStatement, type ListFilter, type ListParameters } from './listStatement.ts'
import type { SiteIds } from './siteIds.ts'

/** Where a session is stored. */
export interface SessionKey {
  id: Buffer
  siteId: number
}

interface FoundKey extends SessionKey {
  createdAt: number
}

/** After every instant there can be. */
const endOfTime = Number.MAX_SAFE_INTEGER

const compareNewestFirst = (a: FoundKey, b: FoundKey): number => b.createdAt - a.createdAt || Buffer.compare(b.id, a.id) || b.siteId - a.siteId

/**
 * A customer id may be the id of the visitor, of those whom nobody has named yet. They are in another index, so there are two
 * lists to search; every other filter has one.
 */
const toFilters = (filter: SessionFilter): ListFilter[] => {
  const { customerId, ...others } = filter
  if (customerId === undefined || (others.visitorId ?? customerId) !== customerId) return [filter]
  return [filter, { ...others, visitorId: customerId, isUnnamed: true }]
}

/** Creates the search for the keys of sessions. */
export const createSessionSearch = (db: Database, siteIds: SiteIds) => {
  const prepare = (sql: string) => db.prepare<[ListParameters], FoundKey>(sql)
  const statements = new Map<string, ReturnType<typeof prepare>>()

  const find = (filter: ListFilter, parameters: ListParameters): FoundKey[] => {
    const sql = toListStatement(filter)
    const statement = statements.get(sql) ?? prepare(sql)
    statements.set(sql, statement)
    return statement.all(parameters)
  }

  const toStart = (after: string | undefined, to = endOfTime): Pick<ListParameters, 'at' | 'id' | 'siteId'> => {
    // Before the first id of the instant `to`, which is not included.
    if (after === undefined) return { at: to, id: Buffer.alloc(0), siteId: 0 }
    const [at, id, site] = parseCursor(after, 2)
    return { at, id: toIdBlob(id!), siteId: siteIds.find(site!) ?? 0 }
  }

  return (filter: SessionFilter, now: number, { limit, after }: Parameters<SessionReader['list']>[2]): Page<SessionKey> => {
    const { site, shortId, customerId, visitorId, from = 0, to } = filter
    const siteId = site === undefined ? undefined : siteIds.find(site)
    if (site !== undefined && siteId === undefined) return { entities: [] }
    const parameters = { limit: limit + 1, now, from, ...toStart(after, to), ...(siteId !== undefined && { site: siteId }) }
    const values = { ...(shortId !== undefined && { shortId }), ...(customerId !== undefined && { customerId }) }
    const found = toFilters(filter).flatMap(each => {
      const visitor = each.visitorId ?? visitorId
      return find(each, { ...parameters, ...values, ...(visitor !== undefined && { visitorId: toIdBlob(visitor) }) })
    })
    const keys = found.sort(compareNewestFirst).slice(0, limit)
    const last = keys.at(-1)
    return {
      entities: keys,
      ...(last && found.length > limit && { next: toCursor([last.createdAt, toIdText(last.id), siteIds.nameOf(last.siteId)]) }),
    }
  }
}
