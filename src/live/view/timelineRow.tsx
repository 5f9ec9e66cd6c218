import type { ComponentChildren, JSX } from 'preact'
import { formatDate, formatSpan, formatTime } from '../format.ts'

interface TimelineRowProps {
  /** Decides on the mark before it. */
  look: string
  /** What it is, in a word. */
  kind: string
  title: string
  /** Milliseconds since 1970. */
  at: number
  /** Milliseconds since what is told before it. */
  gap?: number
  details?: readonly [name: string, value: string][]
  /** Where it happened. */
  children?: ComponentChildren
}

/** One thing on a timeline. */
export const TimelineRow = ({ look, kind, title, at, gap = 0, details = [], children }: TimelineRowProps): JSX.Element => (
  <li class={`event ${look}`}>
    <span class="event-mark" aria-hidden="true" />
    <div class="event-head">
      <span class="event-kind">{kind}</span>
      <strong class="event-title">{title}</strong>
      <time class="event-time" dateTime={new Date(at).toISOString()} title={formatDate(at)}>
        {formatTime(at)}
        {gap >= 1000 && <span class="event-gap"> +{formatSpan(gap)}</span>}
      </time>
    </div>
    {children}
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
