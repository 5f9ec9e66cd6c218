import type { JSX } from 'preact'
import type { EventAttributes, EventPage, Scalar } from '../../model/event.ts'
import { toSearchTerms } from '../../model/toSearchTerms.ts'
import { describeEvent } from '../describeEvent.ts'
import { formatDate } from '../format.ts'
import type { TimelineEvent } from '../liveSession.ts'
import { PageLink } from './pageLink.tsx'
import { TimelineRow } from './timelineRow.tsx'

interface TimelineItemProps {
  event: TimelineEvent
  /** The event before it. */
  previous?: TimelineEvent | undefined
}

const kinds: Record<string, string> = {
  pageview: 'Page',
  screenview: 'Screen',
  custom: 'Event',
  identify: 'Identity',
  activity: 'Activity',
  end: 'End',
}

const toText = (value: Scalar | Scalar[]): string => (Array.isArray(value) ? value.map(String).join(', ') : String(value))

const attributesOf = (event: TimelineEvent): EventAttributes => {
  if (event.type === 'identify') return { type: event.customer.type, ...event.traits }
  return 'attributes' in event ? (event.attributes ?? {}) : {}
}

const toSearched = (event: TimelineEvent): [string, string][] => {
  const terms = toSearchTerms(event)
  return terms.length ? [['Searched for', toText(terms)]] : []
}

const toDetails = (event: TimelineEvent): [string, string][] => [
  ...toSearched(event),
  ...Object.entries(attributesOf(event)).map(([name, value]): [string, string] => [name, toText(value)]),
  ...(event.clientAt !== undefined ? [['Clock of the page', formatDate(event.clientAt)] as [string, string]] : []),
]

/** Where it happened: a pageview's title stands above already, and a page that the event before it names is known. */
const toShownPage = ({ type, page }: TimelineEvent, previous: TimelineEvent | undefined): EventPage | undefined => {
  if (type === 'pageview') return page && { url: page.url }
  return type === 'activity' || page?.url === previous?.page?.url ? undefined : page
}

/** One event. */
export const TimelineItem = ({ event, previous }: TimelineItemProps): JSX.Element => {
  const { title, minor } = describeEvent(event)
  const page = toShownPage(event, previous)
  const look = `event-${event.type}${minor ? ' event-minor' : ''}`
  return (
    <TimelineRow look={look} kind={kinds[event.type] ?? event.type} title={title} at={event.at} gap={previous ? event.at - previous.at : 0} details={toDetails(event)}>
      {page && (
        <div class="event-page">
          <PageLink page={page} />
        </div>
      )}
    </TimelineRow>
  )
}
