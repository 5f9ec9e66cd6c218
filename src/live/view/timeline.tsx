import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Detail } from '../detail.ts'
import { toTimelineEntries, type TimelineEntry } from '../timelineEntries.ts'
import { ConversationItem } from './conversationItem.tsx'
import { TimelineItem } from './timelineItem.tsx'
import { TimelineRow } from './timelineRow.tsx'

interface TimelineProps {
  detail: Detail
  onMore: () => void
}

const Entry = ({ entry }: { entry: TimelineEntry }): JSX.Element => {
  if ('event' in entry) return <TimelineItem event={entry.event} previous={entry.previous} />
  if ('conversation' in entry) return <ConversationItem conversation={entry.conversation} />
  const { kind, title, at } = entry.milestone
  return <TimelineRow look={`event-${kind.toLowerCase()}`} kind={kind} title={title} at={at} />
}

/** What happened in a session, with the calls and chats that grew from it, the newest first, so that what happens now is seen. */
export const Timeline = ({ detail, onMore }: TimelineProps): JSX.Element => {
  const [showsMinor, setShowsMinor] = useState(true)
  const { nextUri, loadingEvents } = detail
  const shown = toTimelineEntries(detail, showsMinor)
  return (
    <section class="panel timeline" aria-labelledby="timeline-title">
      <div class="panel-head">
        <h2 id="timeline-title">Timeline</h2>
        <label class="check">
          <input type="checkbox" checked={showsMinor} onChange={event => setShowsMinor(event.currentTarget.checked)} /> Show activity
        </label>
      </div>
      {nextUri && (
        <div class="more">
          <button class="button" type="button" disabled={loadingEvents} onClick={onMore}>
            {loadingEvents ? 'Loading…' : 'Load later events'}
          </button>
        </div>
      )}
      {!shown.length && <p class="nothing">{loadingEvents ? 'Loading…' : 'No events to show.'}</p>}
      <ol class="events" reversed>
        {shown.map(entry => (
          <Entry key={entry.key} entry={entry} />
        ))}
      </ol>
    </section>
  )
}
