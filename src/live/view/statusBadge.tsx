import type { JSX } from 'preact'
import type { SessionStatus } from '../../model/session.ts'
import { formatDate, formatSpan } from '../format.ts'

interface StatusBadgeProps {
  status: SessionStatus
  /** Since when, milliseconds since 1970, to show for how long. */
  since?: number | undefined
  now: number
}

/** What each status is called. */
export const statusLabels: Record<SessionStatus, string> = { active: 'Active', idle: 'Idle', away: 'Away', ended: 'Ended' }

/** A status as a word, with a mark that differs in form and not in colour alone. */
export const StatusBadge = ({ status, since, now }: StatusBadgeProps): JSX.Element => (
  <span class={`status status-${status}`}>
    <span class="status-mark" aria-hidden="true" />
    {statusLabels[status]}
    {since !== undefined && (
      <span class="status-span" title={formatDate(since)}>
        {formatSpan(now - since)}
        {status === 'ended' && ' ago'}
      </span>
    )}
  </span>
)
