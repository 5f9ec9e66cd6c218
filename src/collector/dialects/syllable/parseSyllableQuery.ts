import type { Condition, DocumentSearch } from '../../conversations/documentStore.ts'
import { parseInstant } from '../../reading/parseInstant.ts'
import { ProblemError } from '../../problem.ts'

type Parameters = Record<string, unknown>

/** Which part of a list is wanted, and which fields of it. */
export interface SyllableList {
  search: DocumentSearch
  /** Counted from 0. */
  page: number
  /** Undefined for all. */
  fields?: string[]
}

/** What is listed. */
export interface SyllableListing {
  kind: string
  /** Properties that may be searched, and put in order by. */
  properties: readonly string[]
}

const usualLimit = 25
const mostLimit = 1000
const mostPages = 1_000_000

const refuse = (detail: string): never => {
  throw new ProblemError('invalid-query', { detail })
}

const known = ['page', 'limit', 'search_fields', 'search_field_values', 'order_by', 'order_by_direction', 'fields', 'start_datetime', 'end_datetime']

const textsOf = (query: Parameters, name: string): string[] => [query[name] ?? []].flat().map(String)

const textOf = (query: Parameters, name: string): string | undefined => {
  const texts = textsOf(query, name)
  return texts.length > 1 ? refuse(`${name}: expected once`) : texts[0] || undefined
}

const wholeOf = (query: Parameters, name: string, { usual, least, most }: { usual: number; least: number; most: number }): number => {
  const text = textOf(query, name)
  if (text === undefined) return usual
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  return number >= least && number <= most ? number : refuse(`${name}: expected a whole number from ${least} to ${most}`)
}

const instantOf = (query: Parameters, name: string): number | undefined => {
  const text = textOf(query, name)
  return text === undefined ? undefined : (parseInstant(text) ?? refuse(`${name}: expected a date such as 2026-08-01T12:00:00Z`))
}

const propertyOf = (name: string, parameter: string, properties: readonly string[]): string =>
  properties.includes(name) ? name : refuse(`${parameter}: expected one of ${properties.join(', ')}`)

/** `session_id_list` is looked for among the values of `session_id`. */
const toSearched = (property: string, value: string): Condition =>
  property.endsWith('_list') ? { facet: `is:${property.slice(0, -'_list'.length)}`, anyOf: value.split(',') } : { facet: `is:${property}`, anyOf: [value] }

const toConditions = (query: Parameters, properties: readonly string[]): Condition[] => {
  const fields = textsOf(query, 'search_fields')
  const values = textsOf(query, 'search_field_values')
  if (fields.length !== values.length) refuse('search_field_values: expected as many as search_fields')
  const from = instantOf(query, 'start_datetime')
  const to = instantOf(query, 'end_datetime')
  const bounds = { facet: 'timestamp', ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  return [
    ...fields.map((field, place) => toSearched(propertyOf(field, 'search_fields', properties), values[place]!)),
    ...(from === undefined && to === undefined ? [] : [bounds]),
  ]
}

/**
 * Parses the query of a list.
 *
 * @throws ProblemError `invalid-query`
 */
export const parseSyllableQuery = (query: Parameters, { kind, properties }: SyllableListing): SyllableList => {
  const odd = Object.keys(query).find(name => !known.includes(name))
  if (odd !== undefined) refuse(`${odd}: is not known`)
  const page = wholeOf(query, 'page', { usual: 0, least: 0, most: mostPages })
  const limit = wholeOf(query, 'limit', { usual: usualLimit, least: 1, most: mostLimit })
  const orderBy = propertyOf(textOf(query, 'order_by') ?? 'timestamp', 'order_by', properties)
  const direction = textOf(query, 'order_by_direction') ?? (query.order_by === undefined ? 'desc' : 'asc')
  if (direction !== 'asc' && direction !== 'desc') refuse('order_by_direction: expected asc or desc')
  const fields = textsOf(query, 'fields').map(field => propertyOf(field, 'fields', properties))
  return {
    page,
    search: { kind, where: toConditions(query, properties), orderBy, descending: direction === 'desc', offset: page * limit, limit },
    ...(fields.length && { fields }),
  }
}
