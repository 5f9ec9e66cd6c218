import type { JSX, TargetedSubmitEvent } from 'preact'
import { useRef } from 'preact/hooks'
import { toOffset } from '../clockOffset.ts'
import type { ViewProps } from './app.tsx'
import { ConnectionState } from './connectionState.tsx'
import { Logo } from './logo.tsx'

interface FindFormProps {
  onFind: (shortId: string) => void
}

/** A visitor reads out four to six digits: blanks and dashes between them do not matter. */
const FindForm = ({ onFind }: FindFormProps): JSX.Element => {
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const shortId = field.current?.value.replace(/[\s.-]/g, '')
    if (shortId) onFind(shortId)
  }
  return (
    <form class="find" role="search" onSubmit={submit}>
      <label class="visually-hidden" for="find">
        Short id of a visitor
      </label>
      <input
        id="find"
        ref={field}
        class="field field-find"
        inputMode="numeric"
        autocomplete="off"
        placeholder="Short id"
        maxLength={12}
      />
      <button class="button" type="submit">
        Find
      </button>
    </form>
  )
}

/** Name, places, the search by short id, the connection and the way out. */
export const TopBar = ({ state, actions, now }: ViewProps): JSX.Element => {
  const { view } = state.route
  return (
    <header class="top">
      <div class="top-row">
        <Logo />
        <nav class="places" aria-label="Views">
          <a href="#/" aria-current={view === 'live' ? 'page' : undefined}>
            Live
          </a>
          <a href="#/ended" aria-current={view === 'ended' ? 'page' : undefined}>
            Ended
          </a>
          <a href="#/campaigns" aria-current={view === 'campaigns' ? 'page' : undefined}>
            Campaigns
          </a>
          <a href="#/definitions" aria-current={view === 'definitions' ? 'page' : undefined}>
            Segments
          </a>
        </nav>
        <FindForm onFind={actions.find} />
        <ConnectionState connection={state.connection} now={now - toOffset(state.clock)} onRetry={actions.reconnect} />
        <button class="button button-quiet" type="button" onClick={actions.signOut}>
          Sign out
        </button>
      </div>
    </header>
  )
}
