import type { Database } from 'better-sqlite3'
import { parseCursor, toCursor } from '../reading/cursor.ts'
import type { EventLog } from '../eventLog.ts'
import type { DeliveryCount, ProjectionMark, SessionFilter, SessionReader, StoredSession } from '../sessionStore.ts'
import { createCampaignReader } from './createCampaignReader.ts'
import { createEventReader } from './createEventReader.ts'
import { createSessionSearch, type SearchPage } from './createSessionSearch.ts'
import { toIdBlob, toIdText } from './idBlob.ts'
import { explainFailure, openDatabase } from './openDatabase.ts'
import { sessionSchema } from './sessionSchema.ts'
import { createToStoredSession } from './sessionRow.ts'
import { createSiteIds, type SiteIds } from './siteIds.ts'

interface FoundSession {
  siteId: number
  body: string
}

/** Before every event there can be. */
const beginning = [Number.MIN_SAFE_INTEGER, ''] as const

/** Sessions with lasting segments that are looked at for one person. */
const mostLasting = 100

/** Creates the reading side on a connection. Events are read from the log. */
export const createSessionReader = (db: Database, siteIds: SiteIds, log: Pick<EventLog, 'at'>): SessionReader => {
  const selectOne = db.prepare<[Buffer, number], FoundSession>('SELECT site_id AS siteId, body FROM sessions WHERE id = ? AND site_id = ?')
  const selectAny = db.prepare<[Buffer], FoundSession>('SELECT site_id AS siteId, body FROM sessions WHERE id = ? LIMIT 1')
  // One statement for a page: each would begin and end a transaction of its own.
  const selectRows = db.prepare<[string], FoundSession & { row: number }>('SELECT row, site_id AS siteId, body FROM sessions WHERE row IN (SELECT value FROM json_each(?))')
  const eventReader = createEventReader(db, log)
  const selectCounts = db.prepare<[], { siteId: number; counts: string }>('SELECT site_id AS siteId, json_group_object(name, count) AS counts FROM counts GROUP BY site_id')
  const prepareLasting = (column: 'visitor' | 'customer') =>
    db.prepare<[Buffer | string, number, number, number], FoundSession & { row: number; lastsUntil: number }>(
      `SELECT row, lasts_until AS lastsUntil, site_id AS siteId, body FROM sessions INDEXED BY sessions_by_lasting_${column}
       WHERE ${column}_id = ? AND lasts_until > ? AND site_id = ? ORDER BY lasts_until DESC LIMIT ?`,
    )
  const [lastingOfVisitor, lastingOfCustomer] = [prepareLasting('visitor'), prepareLasting('customer')]
  const selectNaming = db.prepare<[{ id: string; type: string | null; siteId: number | null }], { siteId: number; session: Buffer }>(
    `SELECT DISTINCT site_id AS siteId, session_id AS session FROM names
     WHERE customer_id = @id AND (@siteId IS NULL OR site_id = @siteId) AND (@type IS NULL OR customer_type = @type)`,
  )
  const prepareTouched = (direction: 'ASC' | 'DESC') =>
    db.prepare<[Buffer, number, number], FoundSession>(
      `SELECT site_id AS siteId, body FROM sessions INDEXED BY sessions_by_touch
       WHERE visitor_id = ? AND site_id = ? AND created_at <= ? AND is_touch = 1 ORDER BY created_at ${direction}, id ${direction} LIMIT 1`,
    )
  const [firstTouched, lastTouched] = [prepareTouched('ASC'), prepareTouched('DESC')]
  const selectMark = db.prepare<[], ProjectionMark>('SELECT name, version, position FROM mark')
  const search = createSessionSearch(db, siteIds)
  const toBodies = (rows: readonly number[]): FoundSession[] => {
    const byRow = new Map(selectRows.all(JSON.stringify(rows)).map(found => [found.row, found]))
    return rows.flatMap(row => byRow.get(row) ?? [])
  }
  const toStoredSession = createToStoredSession(db.name)
  const show = (found: FoundSession | undefined): StoredSession | undefined => found && toStoredSession(siteIds.nameOf(found.siteId), found.body)

  /** What is found and what is shown of it are of one moment: the projection may write between two statements. */
  const readPage = db.transaction((filter: SessionFilter, page: SearchPage): { found: number; entities: StoredSession[] } => {
    const rows = search(filter, { ...page, limit: page.limit + 1 })
    return { found: rows.length, entities: toBodies(rows.slice(0, page.limit)).map(({ siteId, body }) => toStoredSession(siteIds.nameOf(siteId), body)) }
  })

  return {
    mark: () => {
      try {
        return selectMark.get()
      } catch (cause) {
        throw explainFailure(cause, { file: db.name, schema: sessionSchema })
      }
    },

    get: (id, site) => {
      if (site === undefined) return show(selectAny.get(toIdBlob(id)))
      const siteId = siteIds.find(site)
      return siteId === undefined ? undefined : show(selectOne.get(toIdBlob(id), siteId))
    },

    list: (filter, now, { limit, after }) => {
      const { found, entities } = readPage(filter, { now, limit, after: after === undefined ? undefined : parseCursor(after, 2) })
      const last = entities.at(-1)
      return { entities, ...(last && found > limit && { next: toCursor([last.state.first.stamp[0], last.state.id, last.site]) }) }
    },

    naming: ({ id, type, site }) => {
      const siteId = site === undefined ? null : siteIds.find(site)
      if (siteId === undefined) return []
      return selectNaming.all({ id, type: type ?? null, siteId }).map(found => ({ site: siteIds.nameOf(found.siteId), id: toIdText(found.session) }))
    },

    events: (site, session, { limit, after }) => {
      const siteId = siteIds.find(site)
      if (siteId === undefined) return { entities: [] }
      const [at, id = ''] = after === undefined ? beginning : parseCursor(after, 1)
      const found = eventReader.page(siteId, toIdBlob(session), { limit, after: [at, id] })
      const entities = found.slice(0, limit)
      const last = entities.at(-1)
      return { entities, ...(last && found.length > limit && { next: toCursor([last.at, last.id]) }) }
    },

    ...createCampaignReader(db, siteIds),

    deliveries: () =>
      selectCounts.all().map(({ siteId, counts }) => ({ site: siteIds.nameOf(siteId), counts: JSON.parse(counts) as Partial<Record<DeliveryCount, number>> })),

    lasting: ({ site, visitorId, customerId, after }) => {
      const siteId = siteIds.find(site)
      if (siteId === undefined) return []
      const ofVisitor = visitorId === undefined ? [] : lastingOfVisitor.all(toIdBlob(visitorId), after, siteId, mostLasting)
      const ofCustomer = customerId === undefined ? [] : lastingOfCustomer.all(customerId, after, siteId, mostLasting)
      const byRow = new Map([...ofVisitor, ...ofCustomer].map(found => [found.row, found]))
      return [...byRow.values()]
        .sort((a, b) => b.lastsUntil - a.lastsUntil)
        .slice(0, mostLasting)
        .flatMap(found => show(found) ?? [])
    },

    touched: ({ site, visitorId, until }) => {
      const siteId = siteIds.find(site)
      if (siteId === undefined) return {}
      const [first, last] = [firstTouched, lastTouched].map(statement => show(statement.get(toIdBlob(visitorId), siteId, until)))
      return { ...(first && { first }), ...(last && { last }) }
    },

    close: () => void db.close(),
  }
}

/**
 * Opens the Sessions in a file for reading, beside the connection that writes them.
 *
 * @param log has their events
 * @throws DatabaseError when the file cannot be used
 */
export const createSqliteSessionReader = (file: string, log: Pick<EventLog, 'at'>): SessionReader => {
  const db = openDatabase({ file, schema: sessionSchema, check: true })
  db.pragma('query_only = ON')
  return createSessionReader(db, createSiteIds(db), log)
}
