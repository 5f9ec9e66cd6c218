import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { filterConversations } from '../conversation.ts'
import { toEntities } from '../current.ts'
import { toVisitorList } from '../visitorList.ts'
import type { ViewProps } from './app.tsx'
import { ConversationTable } from './conversationTable.tsx'
import { Filters } from './filters.tsx'
import { Installation } from './installation.tsx'
import { LoadFailed, Loading } from './loading.tsx'
import { SessionTable } from './sessionTable.tsx'
import { StatusCounts } from './statusCounts.tsx'
import { useHeldOrder } from './useHeldOrder.ts'

interface LiveListProps extends ViewProps {
  origin: string
}

/** Rows shown before the reader asks for more. */
const rowsAtOnce = 100

const countWords = (shown: number, total: number): string => {
  if (shown === total) return total === 1 ? '1 visitor' : `${total} visitors`
  return `${shown} of ${total} visitors`
}

/** Who is on the site now. */
export const LiveList = ({ state, actions, now, origin }: LiveListProps): JSX.Element => {
  const { live, filter, problem, conversations } = state
  const talks = filterConversations(toEntities(conversations), filter)
  const [most, setMost] = useState(rowsAtOnce)
  const { visitors, counts, sites } = toVisitorList(toEntities(live), filter, now)
  const held = useHeldOrder(visitors)
  const total = counts.active + counts.idle + counts.away
  const isEmpty = live.entries.size === 0
  return (
    <>
      <div class="heading">
        <h1>On the site now</h1>
      </div>
      <StatusCounts counts={counts} chosen={filter.statuses} onChoose={statuses => actions.changeFilter({ statuses })} />
      {problem && <LoadFailed message={problem} onRetry={actions.reload} />}
      {!live.loaded && !problem && <Loading what="visitors" />}
      {live.loaded && isEmpty && <Installation origin={origin} />}
      {!isEmpty && (
        <section class="panel" aria-label="Visitors" {...held.handlers}>
          <Filters filter={filter} sites={sites} onChange={actions.changeFilter}>
            <p class="filters-count" role="status">
              {countWords(visitors.length, total)}
              {!live.complete && ', the newest ones only'}
            </p>
          </Filters>
          {visitors.length ? (
            <SessionTable caption="Visitors, most lively first" rows={held.rows.slice(0, most)} now={now} />
          ) : (
            <p class="nothing">No visitor matches. Change the filter to see the others.</p>
          )}
          {visitors.length > most && (
            <div class="more">
              <button class="button" type="button" onClick={() => setMost(most + rowsAtOnce)}>
                Show more
              </button>
            </div>
          )}
        </section>
      )}
      {conversations.entries.size > 0 && (
        <section class="panel panel-next" aria-label="Calls and chats">
          {isEmpty && <Filters filter={filter} sites={sites} onChange={actions.changeFilter}>{null}</Filters>}
          {talks.length ? <ConversationTable caption="Calls and chats, newest first" conversations={talks} now={now} /> : <p class="nothing">No call or chat matches. Change the filter to see the others.</p>}
        </section>
      )}
    </>
  )
}
