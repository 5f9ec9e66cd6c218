import type { JSX } from 'preact'
import type { Connection } from '../state.ts'

interface ConnectionStateProps {
  connection: Connection
  onRetry: () => void
}

const labels: Record<Connection['phase'], string> = { live: 'Live', connecting: 'Connecting…', waiting: 'Connection lost' }

/** Whether what the page shows is fresh. */
export const ConnectionState = ({ connection, onRetry }: ConnectionStateProps): JSX.Element => (
  <div class={`connection connection-${connection.phase}`}>
    <span role="status">
      <span class="connection-dot" aria-hidden="true" />
      {labels[connection.phase]}
    </span>
    {connection.phase === 'waiting' && (
      <button class="button button-small" type="button" onClick={onRetry}>
        Try now
      </button>
    )}
  </div>
)
