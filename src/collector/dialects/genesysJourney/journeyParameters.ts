import { ProblemError } from '../../problem.ts'
import { journeyEventTypes } from './toJourneyEvents.ts'

export type JourneyParameters = Record<string, unknown>

const refuse = (detail: string): never => {
  throw new ProblemError('invalid-query', { detail })
}

/** A parameter that is given once, or not at all. */
export const parseText = (query: JourneyParameters, name: string): string | undefined => {
  const value = query[name]
  return value === undefined || typeof value === 'string' ? value || undefined : refuse(`${name} must be given once`)
}

/** Which whole numbers a parameter may be, and what it is when it is not given. */
export interface WholeBounds {
  usual: number
  /** Default: 1. */
  least?: number
  most: number
}

/** A whole number within bounds. */
export const parseWhole = (query: JourneyParameters, name: string, { usual, least = 1, most }: WholeBounds): number => {
  const text = parseText(query, name)
  if (text === undefined) return usual
  const number = /^\d{1,12}$/.test(text) ? Number(text) : NaN
  return number >= least && number <= most ? number : refuse(`${name} must be a whole number from ${least} to ${most}`)
}

/** Comma separated types of events; undefined for all. */
export const parseEventTypes = (query: JourneyParameters): string[] | undefined => {
  const types = [query.eventType ?? []].flat().flatMap(each => String(each).split(',')).map(type => type.trim()).filter(Boolean)
  const odd = types.find(type => !journeyEventTypes.includes(type))
  if (odd !== undefined) refuse(`eventType must be one of ${journeyEventTypes.join(', ')}`)
  return types.length ? types : undefined
}

/** The same address, with other parameters. */
export const toUri = (path: string, parameters: Record<string, string | undefined>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]))
  return given.length ? `${path}?${new URLSearchParams(given).toString()}` : path
}
