import type { Event, EventAttributes, EventBase, EventDetails } from './event.ts'
import { limits } from './limits.ts'
import { parseSearchTerms } from './url.ts'

/** Query parameters that hold what a visitor searches a site for, where nobody says others. */
export const usualSearchParameters: string[] = ['q', 'query', 'search', 's']

/** Words that an attribute tells. */
const toTerms = (told: EventAttributes[string]): string[] =>
  [told].flat().map(term => String(term).trim().slice(0, limits.searchTerm)).filter(Boolean).slice(0, limits.searchTerms)

/**
 * Words that the visitor searched the site for: those that an event tells, also in its attribute `searchTerms`, or what the address of a
 * pageview says.
 */
export const toSearchTerms = (event: Event): string[] => {
  const { type, page, searchParameters = usualSearchParameters, attributes, searchTerms = attributes?.searchTerms === undefined ? undefined : toTerms(attributes.searchTerms) }: EventBase & EventDetails & Pick<Event, 'type'> = event
  return searchTerms ?? (type === 'pageview' && page?.url.includes('?') ? parseSearchTerms(page.url, searchParameters) : [])
}
