import type { Database } from 'better-sqlite3'
import type { Cursor } from '../reading/cursor.ts'
import type { SessionFilter } from '../sessionStore.ts'
import { toIdBlob } from './idBlob.ts'
import { toListStatement, type ListFilter, type ListParameters } from './listStatement.ts'
import type { SiteIds } from './siteIds.ts'

interface FoundRow {
  row: number
  createdAt: number
}

/** Which part of all that is found is wanted. */
export interface SearchPage {
  now: number
  limit: number
  after?: Cursor | undefined
}

/** After every instant there can be. */
const endOfTime = Number.MAX_SAFE_INTEGER

/** After every row there can be. */
const lastRow = Number.MAX_SAFE_INTEGER

const compareNewestFirst = (a: FoundRow, b: FoundRow): number => b.createdAt - a.createdAt || b.row - a.row

/**
 * A customer id may be the id of the visitor, of those whom nobody has named yet. They are in another index, so there are two
 * lists to search; every other filter has one.
 */
const toFilters = (filter: SessionFilter): ListFilter[] => {
  const { customerId, ...others } = filter
  if (customerId === undefined || (others.visitorId ?? customerId) !== customerId) return [filter]
  return [filter, { ...others, visitorId: customerId, isUnnamed: true }]
}

/** Creates the search for sessions: it finds the numbers of their rows, newest first. */
export const createSessionSearch = (db: Database, siteIds: SiteIds) => {
  const prepare = (sql: string) => db.prepare<[ListParameters], FoundRow>(sql)
  const statements = new Map<string, ReturnType<typeof prepare>>()
  const selectRow = db.prepare<[Buffer, number], number>('SELECT row FROM sessions WHERE id = ? AND site_id = ?').pluck()

  const find = (filter: ListFilter, parameters: ListParameters): FoundRow[] => {
    const sql = toListStatement(filter)
    const statement = statements.get(sql) ?? prepare(sql)
    statements.set(sql, statement)
    return statement.all(parameters)
  }

  const toStart = (after: Cursor | undefined, to = endOfTime): Pick<ListParameters, 'at' | 'row'> => {
    // Before the first row of the instant `to`, which is not included; a part of the list that lies after it begins there.
    if (!after || after[0] >= to) return { at: to, row: 0 }
    const [at, id, site] = after
    // Of one that was removed nobody knows its place among those of its instant: to tell them again is better than to leave them out.
    return { at, row: selectRow.get(toIdBlob(id!), siteIds.find(site!) ?? 0) ?? lastRow }
  }

  return (filter: SessionFilter, { now, limit, after }: SearchPage): number[] => {
    const { site, shortId, customerId, visitorId, from = 0, to } = filter
    const siteId = site === undefined ? undefined : siteIds.find(site)
    if (site !== undefined && siteId === undefined) return []
    const parameters = { limit, now, from, ...toStart(after, to), ...(siteId !== undefined && { site: siteId }) }
    const values = { ...(shortId !== undefined && { shortId }), ...(customerId !== undefined && { customerId }) }
    const found = toFilters(filter).flatMap(each => {
      const visitor = each.visitorId ?? visitorId
      return find(each, { ...parameters, ...values, ...(visitor !== undefined && { visitorId: toIdBlob(visitor) }) })
    })
    return found
      .sort(compareNewestFirst)
      .slice(0, limit)
      .map(({ row }) => row)
  }
}
