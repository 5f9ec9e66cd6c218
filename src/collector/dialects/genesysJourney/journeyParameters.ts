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

/** A whole number from 1 on. */
export const parseWhole = (query: JourneyParameters, name: string, { usual, most }: { usual: number; most: number }): number => {
  const text = parseText(query, name)
  if (text === undefined) return usual
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  return number >= 1 && number <= most ? number : refuse(`${name} must be a whole number from 1 to ${most}`)
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
