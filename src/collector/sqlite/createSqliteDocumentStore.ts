import type { DocumentStore, Facets, FacetValue, ForeignDocument, JsonObject, Link } from '../conversations/documentStore.ts'
import { documentSchema } from './documentSchema.ts'
import { linkedRows, toCountStatement, toDocumentListStatement, toDocumentStatement, toLinkParameter } from './documentStatement.ts'
import { openDatabase } from './openDatabase.ts'
import { rememberPlace } from './rememberPlace.ts'
import { truncateWriteAheadLog } from './truncateWriteAheadLog.ts'

interface DocumentRow {
  row: number
  kind: string
  id: string
  at: number
  body: string
}

/**
 * Opens documents of other models in a file.
 *
 * @throws DatabaseError when the file cannot be used
 */
export const createSqliteDocumentStore = (file: string): DocumentStore => {
  const db = openDatabase({ file, schema: documentSchema, check: true })
  // Nothing else knows what is in here: what was answered has to be on the disk.
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  const checkPlace = rememberPlace(file)
  const select = db.prepare<[string, string], DocumentRow>('SELECT row, kind, id, at, body FROM documents WHERE kind = ? AND id = ?')
  const upsert = db
    .prepare<[string, string, number, string], number>(
      `INSERT INTO documents (kind, id, at, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, body = excluded.body RETURNING row`,
    )
    .pluck()
  const deleteFacets = db.prepare<[number]>('DELETE FROM facets WHERE row = ?')
  const deleteLinks = db.prepare<[number]>('DELETE FROM links WHERE row = ?')
  const insertFacet = db.prepare<[string, string, FacetValue, number]>('INSERT OR IGNORE INTO facets (kind, name, value, row) VALUES (?, ?, ?, ?)')
  const insertLink = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO links (type, value, row) VALUES (?, ?, ?)')
  const selectLinks = db.prepare<[number], Link>('SELECT type AS "by", value FROM links WHERE row = ?')
  const removeLinked = db.prepare<[string]>(`DELETE FROM documents WHERE row IN (${linkedRows})`)
  const removeOne = db.prepare<[string, string]>('DELETE FROM documents WHERE kind = ? AND id = ?')

  const prepareList = (sql: string) => db.prepare<FacetValue[], DocumentRow>(sql)
  /** By their text: there are few, for values are parameters. */
  const lists = new Map<string, ReturnType<typeof prepareList>>()

  const show = ({ row, kind, id, at, body }: DocumentRow): ForeignDocument => ({
    kind,
    id,
    at,
    body: JSON.parse(body) as JsonObject,
    links: selectLinks.all(row),
  })

  const put = db.transaction(({ kind, id, at, body, links }: ForeignDocument, facets: Facets) => {
    const row = upsert.get(kind, id, at, JSON.stringify(body))!
    deleteFacets.run(row)
    deleteLinks.run(row)
    for (const [name, given] of Object.entries(facets)) for (const value of [given].flat()) insertFacet.run(kind, name, value, row)
    for (const { by, value } of links) insertLink.run(by, value, row)
  })

  return {
    get: (kind, id) => {
      const found = select.get(kind, id)
      return found && show(found)
    },
    put: (document, facets) => {
      checkPlace()
      put.immediate(document, facets)
    },
    remove: (kind, id) => {
      checkPlace()
      return removeOne.run(kind, id).changes > 0
    },

    find: search => {
      const [page, count] = [toDocumentStatement(search), toCountStatement(search)]
      const rows = db.prepare<FacetValue[], DocumentRow>(page.sql).all(...page.parameters)
      return { documents: rows.map(show), total: db.prepare<FacetValue[], number>(count.sql).pluck().get(...count.parameters) ?? 0 }
    },

    list: search => {
      const { sql, parameters } = toDocumentListStatement(search)
      const statement = lists.get(sql) ?? prepareList(sql)
      lists.set(sql, statement)
      return statement.all(...parameters).map(show)
    },

    removeLinked: links => {
      checkPlace()
      return removeLinked.run(toLinkParameter(links)).changes
    },

    scrub: () => {
      db.exec('VACUUM')
      return truncateWriteAheadLog(db)
    },

    close: () => void db.close(),
  }
}
