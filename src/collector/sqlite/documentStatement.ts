import type { Condition, DocumentList, DocumentSearch, FacetValue, Link } from '../conversations/documentStore.ts'

/** Text of a statement, and what it is to be told in this order. */
export interface DocumentStatement {
  sql: string
  parameters: FacetValue[]
}

const comparisons = [
  ['from', '>='],
  ['after', '>'],
  ['to', '<='],
  ['before', '<'],
] as const

/** Rows of a kind that fulfil a condition, by the index of facets. */
const toRows = (kind: string, condition: Condition): DocumentStatement => {
  const { facet, anyOf } = condition
  const bounds = comparisons.flatMap(([name, operator]) => {
    const value = condition[name]
    return value === undefined ? [] : [{ sql: `value ${operator} ?`, value }]
  })
  const conditions = ['kind = ? AND name = ?', ...(anyOf ? [`value IN (${anyOf.map(() => '?').join(', ')})`] : []), ...bounds.map(({ sql }) => sql)]
  return { sql: `SELECT row FROM facets WHERE ${conditions.join(' AND ')}`, parameters: [kind, facet, ...(anyOf ?? []), ...bounds.map(({ value }) => value)] }
}

const toFilter = ({ kind, where = [] }: DocumentSearch): DocumentStatement => {
  // Facets are of one kind: that of the documents says nothing more, and SQLite would go through all of the kind by it.
  if (!where.length) return { sql: 'documents.kind = ?', parameters: [kind] }
  const rows = where.map(condition => toRows(kind, condition))
  return { sql: rows.map(each => `documents.row IN (${each.sql})`).join(' AND '), parameters: rows.flatMap(({ parameters }) => parameters) }
}

/** The statement that counts what a search is about. */
export const toCountStatement = (search: DocumentSearch): DocumentStatement => {
  const { sql, parameters } = toFilter(search)
  return { sql: `SELECT count(*) FROM documents WHERE ${sql}`, parameters }
}

/** The statement that finds the documents of a page. All values are parameters. */
export const toDocumentStatement = (search: DocumentSearch): DocumentStatement => {
  const { orderBy, descending, offset = 0, limit } = search
  const { sql, parameters } = toFilter(search)
  const direction = descending ? 'DESC' : 'ASC'
  return {
    sql: `SELECT documents.row, documents.kind, id, at, body FROM documents LEFT JOIN facets AS ordering ON ordering.row = documents.row AND ordering.name = ?
      WHERE ${sql} ORDER BY ordering.value IS NULL, ordering.value ${direction}, documents.row ${direction} LIMIT ? OFFSET ?`,
    parameters: [orderBy, ...parameters, limit, offset],
  }
}

/** Rows of documents with one of some links: one text, and one parameter, however many they are. */
export const linkedRows = 'SELECT links.row FROM json_each(?) AS wanted CROSS JOIN links ON links.type = wanted.value ->> 0 AND links.value = wanted.value ->> 1'

export const toLinkParameter = (links: readonly Link[]): string => JSON.stringify(links.map(({ by, value }) => [by, value]))

/** The statement of a list of several kinds, by when documents began. All values are parameters. */
export const toDocumentListStatement = ({ kinds, links, from, to, after, oldestFirst, limit }: DocumentList): DocumentStatement => {
  const [direction, comparison] = oldestFirst ? ['ASC', '>'] : ['DESC', '<']
  const conditions: DocumentStatement[] = [
    ...(from === undefined ? [] : [{ sql: 'at >= ?', parameters: [from] }]),
    ...(to === undefined ? [] : [{ sql: 'at < ?', parameters: [to] }]),
    ...(kinds ? [{ sql: `kind IN (${kinds.map(() => '?').join(', ')})`, parameters: [...kinds] }] : []),
    ...(links ? [{ sql: `row IN (${linkedRows})`, parameters: [toLinkParameter(links)] }] : []),
    ...(after ? [{ sql: `(at, kind, id) ${comparison} (?, ?, ?)`, parameters: [after.at, after.kind, after.id] }] : []),
  ]
  // Those with a link are few among all.
  const way = links ? 'NOT INDEXED' : 'INDEXED BY documents_by_beginning'
  const where = conditions.length ? `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : ''
  return {
    sql: `SELECT row, kind, id, at, body FROM documents ${way} ${where} ORDER BY at ${direction}, kind ${direction}, id ${direction} LIMIT ?`,
    parameters: [...conditions.flatMap(({ parameters }) => parameters), limit],
  }
}
