import type { JSX } from 'preact'
import type { Connection } from '../state.ts'
import { formatSpan } from '../format.ts'

interface ConnectionStateProps {
  connection: Connection
  /** Milliseconds since 1970 by this device's clock, by which the next try is timed. */
  now: number
  onRetry: () => void
}

const labels: Record<Connection['phase'], string> = { live: 'Live', connecting: 'Connecting…', waiting: 'Connection lost' }

/** Whether what the page shows is fresh. The seconds to the next try are not read out each time. */
export const ConnectionState = ({ connection, now, onRetry }: ConnectionStateProps): JSX.Element => (
  <div class={`connection connection-${connection.phase}`}>
    <span role="status">
      <span class="connection-dot" aria-hidden="true" />
      {labels[connection.phase]}
    </span>
    {connection.phase === 'waiting' && (
      <>
        <span class="connection-wait" aria-hidden="true">
          next try in {formatSpan(connection.until - now + 999)}
        </span>
        <button class="button button-small" type="button" onClick={onRetry}>
          Try now
        </button>
      </>
    )}
  </div>
)
