import type { JSX } from 'preact'
import type { EventAttributes, Scalar } from '../../model/event.ts'
import { describeEvent } from '../describeEvent.ts'
import { formatDate, formatSpan, formatTime } from '../format.ts'
import type { TimelineEvent } from '../liveSession.ts'
import { PageLink } from './pageLink.tsx'

interface TimelineItemProps {
  event: TimelineEvent
  /** Instant of the event before it, milliseconds since 1970. */
  previousAt?: number | undefined
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

const toDetails = (event: TimelineEvent): [string, string][] => [
  ...('searchTerms' in event && event.searchTerms ? [['Searched for', toText(event.searchTerms)] as [string, string]] : []),
  ...Object.entries(attributesOf(event)).map(([name, value]): [string, string] => [name, toText(value)]),
  ...(event.clientAt !== undefined ? [['Clock of the page', formatDate(event.clientAt)] as [string, string]] : []),
]

/** One event. */
export const TimelineItem = ({ event, previousAt }: TimelineItemProps): JSX.Element => {
  const { title, minor } = describeEvent(event)
  const details = toDetails(event)
  const page = event.page && { url: event.page.url, ...(event.type !== 'pageview' && event.page.title && { title: event.page.title }) }
  return (
    <li class={`event event-${event.type}${minor ? ' event-minor' : ''}`}>
      <span class="event-mark" aria-hidden="true" />
      <div class="event-head">
        <span class="event-kind">{kinds[event.type] ?? event.type}</span>
        <strong class="event-title">{title}</strong>
        <time class="event-time" dateTime={new Date(event.at).toISOString()} title={formatDate(event.at)}>
          {formatTime(event.at)}
          {previousAt !== undefined && <span class="event-gap"> +{formatSpan(event.at - previousAt)}</span>}
        </time>
      </div>
      {page && !minor && (
        <div class="event-page">
          <PageLink page={page} />
        </div>
      )}
      {details.length > 0 && (
        <dl class="event-details">
          {details.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
