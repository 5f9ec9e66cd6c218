import type { JSX } from 'preact'
import type { SessionStatus } from '../../model/session.ts'
import { describeSource } from '../describeSource.ts'
import { browserName, deviceName, formatDuration, pathOf, visitorName } from '../format.ts'
import type { LiveSession } from '../liveSession.ts'
import { toHash } from '../route.ts'
import { toElapsed, toStatusSince } from '../sessionStatus.ts'
import { Country } from './country.tsx'
import { StatusBadge } from './statusBadge.tsx'

interface SessionRowProps {
  session: LiveSession
  status: SessionStatus
  now: number
}

interface CellProps {
  name: string
  main: string
  sub?: string | undefined
}

const Cell = ({ name, main, sub }: CellProps): JSX.Element => (
  <td role="cell" class={`cell-${name}`}>
    <span class="cell-main" title={main}>
      {main}
    </span>
    {sub && (
      <span class="cell-sub" title={sub}>
        {sub}
      </span>
    )}
  </td>
)

const toPageWords = ({ lastPage, lastScreen }: LiveSession): { main: string; sub?: string } => {
  if (!lastPage) return { main: lastScreen ?? '—' }
  const { title, domain, pathname } = lastPage
  return title ? { main: title, sub: `${domain}${pathname}` } : { main: pathOf(lastPage), sub: domain }
}

/** One session. The link in it covers the whole row for the pointer. */
export const SessionRow = ({ session, status, now }: SessionRowProps): JSX.Element => {
  const source = describeSource(session)
  const isNamed = session.customerIdType !== undefined && session.customerIdType !== 'cookie'
  return (
    <tr role="row" class={`row row-${status}`}>
      <td role="cell" class="cell-status">
        <StatusBadge status={status} since={toStatusSince(session, status)} now={now} />
      </td>
      <td role="cell" class="cell-visitor">
        <a class="row-link" href={toHash({ view: 'session', id: session.id })}>
          <span class="visually-hidden">Visitor </span>
          {visitorName(session)}
        </a>
        {isNamed && (
          <span class="cell-sub" title={session.customerId}>
            {session.customerId}
          </span>
        )}
      </td>
      <Cell name="page" {...toPageWords(session)} />
      <Cell name="source" main={source.text} sub={source.detail} />
      <Cell name="browser" main={browserName(session) || '—'} sub={deviceName(session)} />
      <td role="cell" class="cell-country">
        <Country place={session.geolocation} />
      </td>
      <td role="cell" class="cell-time">
        {formatDuration(toElapsed(session, now))}
      </td>
    </tr>
  )
}
