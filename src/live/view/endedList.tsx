import type { ComponentChildren, JSX } from 'preact'
import type { Ended } from '../endedSessions.ts'
import type { ViewProps } from './app.tsx'
import { ConversationTable } from './conversationTable.tsx'
import { LoadFailed, Loading } from './loading.tsx'
import { SessionTable } from './sessionTable.tsx'

interface EndedPartProps {
  ended: Ended<unknown>
  /** What is listed, e.g. `visits`. */
  what: string
  look?: string
  onReload: () => void
  onMore: () => void
  /** The table. */
  children: ComponentChildren
}

/** One of the lists of what is over. */
const EndedPart = ({ ended: { phase, sessions, nextUri, message }, what, look = 'panel', onReload, onMore, children }: EndedPartProps): JSX.Element => (
  <>
    {phase === 'failed' && <LoadFailed message={message ?? ''} onRetry={nextUri ? onMore : onReload} />}
    {phase === 'loading' && !sessions.length && <Loading what={`ended ${what}`} />}
    {sessions.length > 0 && (
      <section class={look} aria-label={`Ended ${what}`}>
        {children}
        {nextUri && (
          <div class="more">
            <button class="button" type="button" disabled={phase === 'loading'} onClick={onMore}>
              {phase === 'loading' ? 'Loading…' : `Load more ${what}`}
            </button>
          </div>
        )}
      </section>
    )}
  </>
)

/** The sessions that are over, newest first: visits, and calls and chats. */
export const EndedList = ({ state: { ended, endedConversations }, actions, now }: ViewProps): JSX.Element => (
  <>
    <div class="heading">
      <h1>Ended sessions</h1>
      <button class="button button-small" type="button" onClick={actions.reload}>
        Refresh
      </button>
    </div>
    {ended.phase === 'ready' && !ended.sessions.length && (
      <section class="panel">
        <p class="nothing">No visit has ended yet. One ends half an hour after the visitor's last activity, if the site does not say otherwise.</p>
      </section>
    )}
    <EndedPart ended={ended} what="visits" onReload={actions.reload} onMore={actions.loadMoreEnded}>
      <SessionTable caption="Ended visits, newest first" rows={ended.sessions.map(session => ({ session, status: 'ended' }))} now={now} />
    </EndedPart>
    <EndedPart ended={endedConversations} what="calls and chats" look="panel panel-next" onReload={actions.reload} onMore={actions.loadMoreEndedConversations}>
      <ConversationTable caption="Ended calls and chats, newest first" conversations={endedConversations.sessions} now={now} />
    </EndedPart>
  </>
)
