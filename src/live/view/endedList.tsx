import type { JSX } from 'preact'
import type { ViewProps } from './app.tsx'
import { LoadFailed, Loading } from './loading.tsx'
import { SessionTable } from './sessionTable.tsx'

/** The sessions that are over, newest first. */
export const EndedList = ({ state: { ended }, actions, now }: ViewProps): JSX.Element => {
  const { phase, sessions, nextUri, message } = ended
  return (
    <>
      <div class="heading">
        <h1>Ended sessions</h1>
        <button class="button button-small" type="button" onClick={actions.reload}>
          Refresh
        </button>
      </div>
      {phase === 'failed' && <LoadFailed message={message ?? ''} onRetry={nextUri ? actions.loadMoreEnded : actions.reload} />}
      {phase === 'loading' && !sessions.length && <Loading what="ended sessions" />}
      {phase === 'ready' && !sessions.length && (
        <section class="panel">
          <p class="nothing">No session has ended yet. One ends half an hour after the visitor's last activity, if the site does not say otherwise.</p>
        </section>
      )}
      {sessions.length > 0 && (
        <section class="panel" aria-label="Ended sessions">
          <SessionTable caption="Ended sessions, newest first" rows={sessions.map(session => ({ session, status: 'ended' }))} now={now} />
          {nextUri && (
            <div class="more">
              <button class="button" type="button" disabled={phase === 'loading'} onClick={actions.loadMoreEnded}>
                {phase === 'loading' ? 'Loading…' : 'Load more'}
              </button>
            </div>
          )}
        </section>
      )}
    </>
  )
}
