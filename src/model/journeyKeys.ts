import type { Known } from './criteria.ts'
import { toEventName, type Event, type EventBase, type EventDetails } from './event.ts'
import { toPage, type JourneyPage } from './page.ts'
import { toSearchTerms } from './toSearchTerms.ts'

/** What a journey criterion may be about, beside `attributes.<name>.value`. */
export const journeyKeys = [
  'eventName',
  'page.url',
  'page.title',
  'page.hostname',
  'page.domain',
  'page.fragment',
  'page.keywords',
  'page.pathname',
  'page.queryString',
  'searchQuery',
] as const

const attributePattern = /^attributes\.(.+)\.value$/s

/** Name of the attribute that a key is about; undefined for a key that is about none. */
export const toAttributeName = (key: string): string | undefined => attributePattern.exec(key)?.[1]

export const isJourneyKey = (key: string): boolean => journeyKeys.some(known => known === key) || toAttributeName(key) !== undefined

/** Reads what stands in one event under a key. */
export type JourneyReader = (key: string) => Known

const readEvent = (event: Event): JourneyReader => {
  const { page, attributes = {} }: EventBase & EventDetails = event
  let parts: JourneyPage | undefined
  return key => {
    if (key === 'eventName') return [toEventName(event)]
    if (key === 'searchQuery') return toSearchTerms(event)
    if (key.startsWith('page.')) {
      parts ??= page && toPage(page)
      const value = parts?.[key.slice('page.'.length) as 'url']
      return value === undefined ? [] : [value]
    }
    const name = toAttributeName(key)
    return name !== undefined && Object.hasOwn(attributes, name) ? [attributes[name]!].flat().map(String) : []
  }
}

/** Opens an event for reading. Its page is taken apart once, and only when somebody asks; what was read is kept. */
export const openJourney = (event: Event): JourneyReader => {
  const read = readEvent(event)
  const known = new Map<string, Known>()
  return key => {
    const values = known.get(key) ?? read(key)
    known.set(key, values)
    return values
  }
}
