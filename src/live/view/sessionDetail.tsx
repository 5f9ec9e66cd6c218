import type { JSX } from 'preact'
import { describeSource } from '../describeSource.ts'
import type { Detail } from '../detail.ts'
import { formatDuration, visitorName } from '../format.ts'
import type { LiveSession } from '../liveSession.ts'
import { toElapsed, toSessionStatus, toStatusSince } from '../sessionStatus.ts'
import type { ViewProps } from './app.tsx'
import { Country } from './country.tsx'
import { LoadFailed, Loading } from './loading.tsx'
import { PageLink } from './pageLink.tsx'
import { SessionFacts } from './sessionFacts.tsx'
import { StatusBadge } from './statusBadge.tsx'
import { Timeline } from './timeline.tsx'

interface SummaryProps {
  session: LiveSession
  now: number
}

const Summary = ({ session, now }: SummaryProps): JSX.Element => {
  const status = toSessionStatus(session, now)
  return (
    <header class="summary">
      <div class="summary-name">
        <h1>
          <span class="summary-kind">Visitor</span> {visitorName(session)}
        </h1>
        <StatusBadge status={status} since={toStatusSince(session, status)} now={now} />
      </div>
      <dl class="summary-facts">
        <div>
          <dt>{session.endedDate ? 'Last page' : 'Now on'}</dt>
          <dd>{session.lastPage ? <PageLink page={session.lastPage} /> : (session.lastScreen ?? '—')}</dd>
        </div>
        <div>
          <dt>Time</dt>
          <dd class="digits">{formatDuration(toElapsed(session, now))}</dd>
        </div>
        <div>
          <dt>Came by</dt>
          <dd>{describeSource(session).text}</dd>
        </div>
        {session.geolocation?.country && (
          <div>
            <dt>From</dt>
            <dd>
              <Country place={session.geolocation} />
            </dd>
          </div>
        )}
      </dl>
    </header>
  )
}

/** Announced: the one who reads it has done nothing for what was there to go. */
const Removed = (): JSX.Element => (
  <section class="panel removed" role="alert">
    <h1>This session has been removed</h1>
    <p>Its customer was erased, or it was older than sessions are kept. Nothing of it is left here.</p>
  </section>
)

const Content = ({ detail, actions, now }: { detail: Detail } & Pick<ViewProps, 'actions' | 'now'>): JSX.Element => (
  <>
    {detail.message && <LoadFailed message={detail.message} onRetry={actions.reload} />}
    {detail.phase === 'loading' && <Loading what="the session" />}
    {detail.phase === 'removed' && <Removed />}
    {detail.session && (
      <>
        <Summary session={detail.session} now={now} />
        <div class="detail">
          <Timeline detail={detail} onMore={actions.loadMoreEvents} />
          <SessionFacts session={detail.session} />
        </div>
      </>
    )}
  </>
)

/** One session: in short, its timeline, and everything known of it. */
export const SessionDetail = ({ state: { detail }, actions, now }: ViewProps): JSX.Element => (
  <>
    <a class="back" href="#/">
      <span aria-hidden="true">←</span> All visitors
    </a>
    {detail && <Content key={detail.id} detail={detail} actions={actions} now={now} />}
  </>
)
