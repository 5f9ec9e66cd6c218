import type { JSX } from 'preact'

/** Something is on its way. */
export const Loading = ({ what }: { what: string }): JSX.Element => (
  <div class="loading" role="status">
    <span class="visually-hidden">Loading {what}…</span>
    <span class="loading-line" />
    <span class="loading-line" />
    <span class="loading-line" />
  </div>
)

interface LoadFailedProps {
  message: string
  onRetry: () => void
}

/** Something did not come. */
export const LoadFailed = ({ message, onRetry }: LoadFailedProps): JSX.Element => (
  <div class="notice notice-bad" role="alert">
    <p>{message}</p>
    <button class="button button-small" type="button" onClick={onRetry}>
      Try again
    </button>
  </div>
)
