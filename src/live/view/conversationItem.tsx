import type { JSX } from 'preact'
import { startOf, toConversationDetails, toConversationTitle, type Conversation } from '../conversation.ts'
import { TimelineRow } from './timelineRow.tsx'

/** A call or chat among the events of the session that it grew from. */
export const ConversationItem = ({ conversation }: { conversation: Conversation }): JSX.Element => (
  <TimelineRow look="event-conversation" kind="Contact" title={toConversationTitle(conversation)} at={startOf(conversation)} details={toConversationDetails(conversation)} />
)
