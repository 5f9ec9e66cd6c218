import type { JSX, TargetedSubmitEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Access } from '../state.ts'
import { Logo } from './logo.tsx'

interface LoginProps {
  access: Access
  onSignIn: (key: string) => void
}

/** Asks for the API key. */
export const Login = ({ access, onSignIn }: LoginProps): JSX.Element => {
  const field = useRef<HTMLInputElement>(null)
  const message = access.phase === 'signedOut' ? access.message : undefined
  const isChecking = access.phase === 'checking'
  useEffect(() => field.current?.focus(), [message])
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    // Read at this moment: a password manager may fill in and submit in one go.
    const key = field.current?.value.trim()
    if (key && !isChecking) onSignIn(key)
  }
  return (
    <main class="login">
      <form class="login-card" onSubmit={submit}>
        <h1>
          <Logo />
        </h1>
        <p class="login-lead">See who is on your site now.</p>
        {/* Password managers keep a key under a name. */}
        <input type="text" name="username" autocomplete="username" value="Sojourn" readOnly hidden />
        <label for="api-key">API key</label>
        <input
          id="api-key"
          ref={field}
          class="field"
          type="password"
          autocomplete="current-password"
          spellcheck={false}
          required
          aria-invalid={message ? 'true' : undefined}
          aria-describedby="api-key-message api-key-hint"
        />
        <p id="api-key-message" class="login-message" role="alert">
          {message}
        </p>
        <button class="button button-main" type="submit" disabled={isChecking}>
          {isChecking ? 'Checking…' : 'Sign in'}
        </button>
        <p id="api-key-hint" class="hint">
          The collector prints the key when it starts for the first time. It stays in this tab only, and is forgotten when the tab closes.
        </p>
      </form>
    </main>
  )
}
