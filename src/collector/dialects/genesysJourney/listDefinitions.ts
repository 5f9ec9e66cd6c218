import type { Definition } from '../../../model/definition.ts'
import { ProblemError } from '../../problem.ts'
import { parseText, parseWhole, toUri, type JourneyParameters } from './journeyParameters.ts'

/** A page of a list by numbers, as the vendor's clients expect it. */
export interface DefinitionListing {
  entities: object[]
  pageSize: number
  pageNumber: number
  pageCount: number
  total: number
  selfUri: string
  firstUri: string
  lastUri: string
  nextUri?: string
  previousUri?: string
}

export interface DefinitionListOptions {
  path: string
  query: JourneyParameters
  /** Ids that may be asked for at a time, and the parameter that has them. */
  ids: { name: 'segmentIds' | 'outcomeIds'; most: number }
}

const sorts = ['displayName', 'createdDate', 'modifiedDate', 'id'] as const

const queryable = ['displayName', 'description'] as const

const refuse = (detail: string): never => {
  throw new ProblemError('invalid-query', { detail })
}

const textsOf = (query: JourneyParameters, name: string): string[] => [query[name] ?? []].flat().flatMap(each => String(each).split(',')).filter(Boolean)

const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** `displayName`, or `-displayName` for the other way. */
const sortBy = (definitions: Definition[], sort: string | undefined): Definition[] => {
  if (sort === undefined) return definitions
  const name = sorts.find(each => each === sort.replace(/^-/, '')) ?? refuse(`sortBy must be one of ${sorts.join(', ')}, with - before it for the other way`)
  const sign = sort.startsWith('-') ? -1 : 1
  return definitions.toSorted((a, b) => sign * compareTexts(a[name], b[name]))
}

const toFlag = (query: JourneyParameters, name: string): boolean | undefined => {
  const text = parseText(query, name)
  if (text === undefined) return undefined
  return text === 'true' || text === 'false' ? text === 'true' : refuse(`${name} must be true or false`)
}

const filter = (definitions: readonly Definition[], { query, ids }: DefinitionListOptions): Definition[] => {
  const isActive = toFlag(query, 'isActive')
  const wanted = textsOf(query, ids.name)
  if (wanted.length > ids.most) refuse(`${ids.name} must have at most ${ids.most} ids`)
  const fields = textsOf(query, 'queryFields').map(field => queryable.find(each => each === field) ?? refuse(`queryFields must be among ${queryable.join(', ')}`))
  const value = parseText(query, 'queryValue')?.toLowerCase()
  if (fields.length && value === undefined) refuse('queryValue must be given with queryFields')
  return definitions.filter(
    definition =>
      (isActive === undefined || definition.isActive === isActive) &&
      (!wanted.length || wanted.includes(definition.id)) &&
      (!fields.length || fields.some(field => definition[field]?.toLowerCase().includes(value!))),
  )
}

/** What a list is restricted to and put in order by: another page of it is asked for with the same. */
const toAsked = (query: JourneyParameters, idsName: string): Record<string, string | undefined> =>
  Object.fromEntries(['sortBy', 'isActive', idsName, 'queryFields', 'queryValue', 'case'].map(name => [name, query[name] === undefined ? undefined : [query[name]].flat().join(',')]))

/**
 * A page of definitions.
 *
 * @param show makes an entity of a definition
 * @throws ProblemError `invalid-query`
 */
export const listDefinitions = (definitions: readonly Definition[], options: DefinitionListOptions, show: (definition: Definition) => object): DefinitionListing => {
  const { path, query } = options
  const pageSize = parseWhole(query, 'pageSize', { usual: 25, most: 200 })
  const pageNumber = parseWhole(query, 'pageNumber', { usual: 1, most: 1_000_000 })
  const found = sortBy(filter(definitions, options), parseText(query, 'sortBy'))
  const pageCount = Math.max(1, Math.ceil(found.length / pageSize))
  const asked = toAsked(query, options.ids.name)
  const uriOf = (page: number): string => toUri(path, { pageSize: String(pageSize), pageNumber: String(page), ...asked })
  return {
    entities: found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map(show),
    pageSize,
    pageNumber,
    pageCount,
    total: found.length,
    selfUri: uriOf(pageNumber),
    firstUri: uriOf(1),
    lastUri: uriOf(pageCount),
    ...(pageNumber < pageCount && { nextUri: uriOf(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousUri: uriOf(Math.min(pageNumber - 1, pageCount)) }),
  }
}
