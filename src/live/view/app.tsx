import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { toOffset } from '../clockOffset.ts'
import type { Actions } from '../createController.ts'
import type { Store } from '../createStore.ts'
import { toHash } from '../route.ts'
import type { LiveAction, LiveState } from '../state.ts'
import { CampaignsView } from './campaigns/campaignsView.tsx'
import { DefinitionsView } from './definitions/definitionsView.tsx'
import { EndedList } from './endedList.tsx'
import { FindResult } from './findResult.tsx'
import { LiveList } from './liveList.tsx'
import { Login } from './login.tsx'
import { SessionDetail } from './sessionDetail.tsx'
import { TopBar } from './topBar.tsx'
import { useFocusOnChange } from './useFocusOnChange.ts'
import { useNow } from './useNow.ts'
import { useStore } from './useStore.ts'

interface AppProps {
  store: Store<LiveState, LiveAction>
  actions: Actions
  /** Where the collector is, for the script tag to paste. */
  origin: string
}

/** What every view gets. */
export interface ViewProps {
  state: LiveState
  actions: Actions
  /** Milliseconds since 1970 by the collector's clock. */
  now: number
}

const toTitle = ({ access, route, detail }: LiveState): string => {
  if (access.phase !== 'signedIn') return 'Sign in'
  if (route.view === 'ended') return 'Ended sessions'
  if (route.view === 'live') return 'On the site now'
  if (route.view === 'campaigns') return 'Campaigns'
  if (route.view === 'definitions') return 'Segments and outcomes'
  if (detail?.phase === 'removed') return 'Session removed'
  return detail?.session?.shortId ? `Visitor ${detail.session.shortId}` : 'Session'
}

/** The live page. */
export const App = ({ store, actions, origin }: AppProps): JSX.Element => {
  const state = useStore(store)
  const now = useNow(toOffset(state.clock))
  const title = toTitle(state)
  const view = { state, actions, now }
  useEffect(() => {
    document.title = `${title} · Sojourn`
  }, [title])
  useFocusOnChange('main', toHash(state.route))
  if (state.access.phase !== 'signedIn') return <Login access={state.access} onSignIn={actions.signIn} />
  return (
    <>
      <a class="skip" href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <TopBar {...view} />
      <main id="main" class="main" tabIndex={-1}>
        <FindResult find={state.find} now={now} />
        {state.route.view === 'live' && <LiveList {...view} origin={origin} />}
        {state.route.view === 'ended' && <EndedList {...view} />}
        {state.route.view === 'campaigns' && <CampaignsView {...view} origin={origin} />}
        {state.route.view === 'definitions' && <DefinitionsView {...view} />}
        {state.route.view === 'session' && <SessionDetail {...view} />}
      </main>
    </>
  )
}

/** The fragment of the address is taken by the routes, so the skip link moves the focus itself. */
const skipToMain = (event: Event): void => {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
