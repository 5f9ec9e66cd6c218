import type { Api } from './api.ts'
import type { Store } from './createStore.ts'
import type { LiveAction, LiveState } from './state.ts'

/** What each loader works with. */
export interface LoaderContext {
  api: Api
  store: Store<LiveState, LiveAction>
}
