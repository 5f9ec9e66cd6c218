import type { Condition, DocumentSearch, FacetValue } from '../conversations/documentStore.ts'

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
  const rows = where.map(condition => toRows(kind, condition))
  const sql = ['documents.kind = ?', ...rows.map(each => `documents.row IN (${each.sql})`)].join(' AND ')
  return { sql, parameters: [kind, ...rows.flatMap(({ parameters }) => parameters)] }
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
