import type { Condition, DocumentSearch } from '../../conversations/documentStore.ts'
import { describeUnknown } from '../../settings/nearest.ts'
import { parseInstant } from '../../reading/parseInstant.ts'
import { ProblemError } from '../../problem.ts'
import { vapiKind } from './vapiSession.ts'

type Parameters = Record<string, unknown>

/** Which part of a list is wanted. */
export interface VapiList {
  search: DocumentSearch
  /** Counted from 1. */
  page: number
  /** Between which instants sessions were asked for, ISO 8601. */
  bounds: { createdAtLe?: string; createdAtGe?: string }
}

/** Sessions of a page when the query does not say, and at most. */
const pageSizes = { usual: 100, most: 1000 }

/** Values of a list that somebody looks for. */
const mostValues = 500

const texts = ['id', 'name', 'assistantId', 'squadId', 'workflowId', 'phoneNumberId', 'extension', 'number', 'sipUri', 'email', 'externalId', 'numberE164CheckEnabled']

/** Parameter by parameter: the facet that is to have one of the values. */
const lists: Record<string, string> = { assistantIdAny: 'assistantId', customerNumberAny: 'number', idAny: 'id', phoneNumberIdAny: 'phoneNumberId' }

const comparisons = { Gt: 'after', Lt: 'before', Ge: 'from', Le: 'to' } as const

const instants = ['createdAt', 'updatedAt'].flatMap(facet => Object.entries(comparisons).map(([suffix, bound]) => ({ name: `${facet}${suffix}`, facet, bound })))

const sorts = ['createdAt', 'updatedAt', 'cost']

const known = ['page', 'limit', 'sortOrder', 'sortBy', ...texts, ...Object.keys(lists), ...instants.map(({ name }) => name)]

const refuse = (detail: string): never => {
  throw new ProblemError('invalid-query', { detail })
}

const textOf = (query: Parameters, name: string): string | undefined => {
  const value = query[name]
  return value === undefined || typeof value === 'string' ? value : refuse(`${name} must be given once`)
}

const wholeOf = (query: Parameters, name: string, { usual, most }: { usual: number; most: number }): number => {
  const text = textOf(query, name)
  if (text === undefined) return usual
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  return number >= 1 && number <= most ? number : refuse(`${name} must be a whole number from 1 to ${most}`)
}

const wordOf = (query: Parameters, name: string, words: readonly string[]): string => {
  const text = textOf(query, name) ?? words[0]!
  return words.includes(text) ? text : refuse(`${name} must be one of the following values: ${words.join(', ')}`)
}

const instantOf = (query: Parameters, name: string): number | undefined => {
  const text = textOf(query, name)
  if (text === undefined) return undefined
  return parseInstant(text) ?? refuse(`${name} must be a valid ISO 8601 date string`)
}

/** `a,b`, or the parameter twice. */
const valuesOf = (query: Parameters, name: string): string[] | undefined => {
  const given = query[name]
  if (given === undefined) return undefined
  const values = [given].flat().flatMap(each => String(each).split(',')).map(each => each.trim()).filter(Boolean)
  return values.length <= mostValues ? values : refuse(`${name} must have at most ${mostValues} values`)
}

const toConditions = (query: Parameters): Condition[] => [
  ...texts.flatMap(name => {
    const value = textOf(query, name)
    return value === undefined ? [] : [{ facet: name, anyOf: [value] }]
  }),
  ...Object.entries(lists).flatMap(([name, facet]) => {
    const anyOf = valuesOf(query, name)
    return anyOf ? [{ facet, anyOf }] : []
  }),
  ...instants.flatMap(({ name, facet, bound }) => {
    const at = instantOf(query, name)
    return at === undefined ? [] : [{ facet, [bound]: at }]
  }),
]

const toBounds = (query: Parameters): VapiList['bounds'] =>
  Object.fromEntries(
    ['createdAtLe', 'createdAtGe'].flatMap(name => {
      const at = instantOf(query, name)
      return at === undefined ? [] : [[name, new Date(at).toISOString()]]
    }),
  )

/**
 * Parses the query of a list of sessions.
 *
 * @throws ProblemError `invalid-query`
 */
export const parseVapiQuery = (query: Parameters): VapiList => {
  const odd = Object.keys(query).find(name => !known.includes(name))
  if (odd !== undefined) refuse(describeUnknown(odd, known))
  const page = wholeOf(query, 'page', { usual: 1, most: 1_000_000 })
  const limit = wholeOf(query, 'limit', { usual: pageSizes.usual, most: pageSizes.most })
  const descending = wordOf(query, 'sortOrder', ['DESC', 'ASC']) === 'DESC'
  const orderBy = wordOf(query, 'sortBy', sorts)
  return { page, bounds: toBounds(query), search: { kind: vapiKind, where: toConditions(query), orderBy, descending, offset: (page - 1) * limit, limit } }
}
