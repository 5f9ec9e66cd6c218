import type { JSX } from 'preact'
import { startOf, toConversationDetails, toConversationTitle, type Conversation } from '../conversation.ts'
import { formatDate, formatTime } from '../format.ts'

/** A call or chat among the events of the session that it grew from. */
export const ConversationItem = ({ conversation }: { conversation: Conversation }): JSX.Element => {
  const at = startOf(conversation)
  return (
    <li class="event event-conversation">
      <span class="event-mark" aria-hidden="true" />
      <div class="event-head">
        <span class="event-kind">Contact</span>
        <strong class="event-title">{toConversationTitle(conversation)}</strong>
        <time class="event-time" dateTime={new Date(at).toISOString()} title={formatDate(at)}>
          {formatTime(at)}
        </time>
      </div>
      <dl class="event-details">
        {toConversationDetails(conversation).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
