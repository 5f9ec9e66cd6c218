import type { Event, EventBase, EventDetails } from './event.ts'
import { parseSearchTerms } from './url.ts'

/** Query parameters that hold what a visitor searches a site for, where nobody says others. */
export const usualSearchParameters: string[] = ['q', 'query', 'search', 's']

/** Words that the visitor searched the site for: those that an event tells, or what the address of a pageview says. */
export const toSearchTerms = (event: Event): string[] => {
  const { type, page, searchParameters = usualSearchParameters, searchTerms }: EventBase & EventDetails & Pick<Event, 'type'> = event
  return searchTerms ?? (type === 'pageview' && page?.url.includes('?') ? parseSearchTerms(page.url, searchParameters) : [])
}
