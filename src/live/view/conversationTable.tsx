import type { JSX } from 'preact'
import { startOf, toConversationTitle, type Conversation } from '../conversation.ts'
import { formatDuration } from '../format.ts'
import { toHash } from '../route.ts'

interface ConversationTableProps {
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

/** Calls and chats that go on, one a row. */
export const ConversationTable = ({ conversations, now }: ConversationTableProps): JSX.Element => (
  <div class="table-frame">
    <table class="sessions" role="table">
      <caption class="visually-hidden">Calls and chats, newest first</caption>
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
            <td role="cell">{formatDuration(now - startOf(conversation))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
