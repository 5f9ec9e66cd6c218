import { limits } from '../../model/limits.ts'
import { shapes } from '../../model/shapes.ts'
import type { ListedType } from './createSessionList.ts'
import { describeUnknown } from '../settings/nearest.ts'
import { parseInstant } from './parseInstant.ts'
import { ProblemError } from '../problem.ts'
import type { SessionFilter } from '../sessionStore.ts'

/** Which part of a list is wanted. */
export interface PageQuery {
  limit: number
  cursor?: string
}

/** Entities of a page when the query does not say, and at most. */
export const pageLimits = { usual: 50, most: 200 } as const

export const statuses = ['active', 'idle', 'away', 'ended', 'live'] as const

/** What a parameter of a query has to be. */
export interface Parameter<T> {
  expected: string
  /** @returns undefined for what is not expected */
  parse(text: string): T | undefined
}

/** A name, or an id. */
export const text: Parameter<string> = {
  expected: `1 to ${limits.name} characters`,
  parse: value => (value && value.length <= limits.name ? value : undefined),
}

/** A day, or an instant whose zone is said. */
const isoDate = /^\d{4}-\d\d-\d\d(T.*(Z|[ +-]\d\d:\d\d))?$/

export const instant: Parameter<number> = {
  expected: 'an instant such as 2026-08-01T12:00:00Z, or milliseconds since 1970',
  parse: value => {
    const at = /^\d+$/.test(value) ? Number(value) : isoDate.test(value) ? parseInstant(value) : undefined
    return at !== undefined && at >= 0 && at <= limits.instant ? at : undefined
  },
}

export const pageParameters = {
  limit: {
    expected: `a number from 1 to ${pageLimits.most}`,
    parse: value => (/^\d{1,3}$/.test(value) && Number(value) > 0 && Number(value) <= pageLimits.most ? Number(value) : undefined),
  } satisfies Parameter<number>,
  cursor: { expected: 'what nextUri says', parse: value => (value && value.length <= limits.url ? value : undefined) } satisfies Parameter<string>,
}

/** What a list may be restricted to. */
export const listedTypes = ['visit', 'conversation'] as const

const filterParameters = {
  site: text,
  status: { expected: `one of ${statuses.join(', ')}`, parse: value => statuses.find(status => status === value) } satisfies Parameter<
    SessionFilter['status']
  >,
  shortId: { expected: '4 to 6 digits', parse: value => (/^\d{4,6}$/.test(value) ? value : undefined) } satisfies Parameter<string>,
  customerId: text,
  visitorId: {
    expected: 'a UUID in lower case',
    parse: value => (new RegExp(shapes.id.pattern).test(value) ? value : undefined),
  } satisfies Parameter<string>,
  from: instant,
  to: instant,
}

type Parsed<P extends Record<string, Parameter<unknown>>> = { [K in keyof P]?: P[K] extends Parameter<infer T> ? Exclude<T, undefined> : never }

const refuse = (detail: string): never => {
  throw new ProblemError('invalid-query', { detail })
}

/**
 * Parses a query, each parameter of which is known and given once.
 *
 * @throws ProblemError `invalid-query`
 */
export const parseParameters = <P extends Record<string, Parameter<unknown>>>(query: Record<string, unknown>, parameters: P): Parsed<P> =>
  Object.fromEntries(
    Object.entries(query).map(([name, given]) => {
      const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
      if (!parameter) return refuse(describeUnknown(name, Object.keys(parameters)))
      if (typeof given !== 'string') return refuse(`${name}: expected once`)
      return [name, parameter.parse(given) ?? refuse(`${name}: expected ${parameter.expected}`)]
    }),
  ) as Parsed<P>

/** Parses the query of a list of events. */
export const parsePageQuery = (query: Record<string, unknown>): PageQuery => ({ limit: pageLimits.usual, ...parseParameters(query, pageParameters) })

const typeParameter = { type: { expected: `one of ${listedTypes.join(', ')}`, parse: value => listedTypes.find(type => type === value) } satisfies Parameter<ListedType> }

/** Parses the query of a list of sessions. */
export const parseSessionQuery = (query: Record<string, unknown>): PageQuery & { filter: SessionFilter; type?: ListedType } => {
  const { limit = pageLimits.usual, cursor, type, ...filter } = parseParameters(query, { ...pageParameters, ...typeParameter, ...filterParameters })
  return { limit, ...(cursor !== undefined && { cursor }), ...(type !== undefined && { type }), filter }
}

/** Parses the query of what is heard of changes. */
export const parseLiveQuery = (query: Record<string, unknown>): { site?: string } => parseParameters(query, { site: text })

/** Parses the query that narrows down who is meant. */
export const parsePersonQuery = (query: Record<string, unknown>, by: 'customer' | 'visitor'): { site?: string; type?: string } =>
  parseParameters(query, { site: text, ...(by === 'customer' && { type: text }) })
