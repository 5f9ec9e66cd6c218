import type { JSX } from 'preact'
import { startOf, toConversationTitle, type Conversation } from '../conversation.ts'
import { formatDuration } from '../format.ts'
import { toHash } from '../route.ts'

interface ConversationTableProps {
  caption: string
  conversations: readonly Conversation[]
  now: number
}

const columns = ['Contact', 'Customer', 'Queue', 'Agent', 'Time']

/** A conversation leads to the visit that it grew from, on whose timeline it stands. */
const Title = ({ conversation }: { conversation: Conversation }): JSX.Element => {
  const [session] = conversation.sessions ?? []
  const title = toConversationTitle(conversation)
  return session === undefined ? <span class="cell-main">{title}</span> : <a href={toHash({ view: 'session', id: session })}>{title}</a>
}

/** How long one that is over took, else how long it has been going on. */
const toLength = (conversation: Conversation, now: number): string => {
  const { endedDate, durationInSeconds } = conversation
  if (durationInSeconds !== undefined) return formatDuration(durationInSeconds * 1000)
  return formatDuration((endedDate === undefined ? now : Date.parse(endedDate)) - startOf(conversation))
}

/** Calls and chats, one a row. */
export const ConversationTable = ({ caption, conversations, now }: ConversationTableProps): JSX.Element => (
  <div class="table-frame">
    <table class="sessions conversations" role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(column => (
            <th key={column} scope="col" role="columnheader">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {conversations.map(conversation => (
          <tr role="row" key={conversation.id} class="row row-conversation">
            <td role="cell">
              <Title conversation={conversation} />
            </td>
            <td role="cell">{conversation.customerId ?? conversation.shortId ?? '—'}</td>
            <td role="cell">{conversation.lastConnectedQueue?.id ?? '—'}</td>
            <td role="cell">{conversation.lastConnectedUser?.id ?? '—'}</td>
            <td role="cell">{toLength(conversation, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
