import type { Api } from './api.ts'
import { ApiError, toMessage } from './apiError.ts'
import type { CampaignChoice, CheckPlace } from './campaigns/campaigns.ts'
import { createCampaignLoader, type AskedLink } from './campaigns/createCampaignLoader.ts'
import { createDefinitionLoader, type DefinitionLoader } from './definitions/createDefinitionLoader.ts'
import { createDetailLoader } from './createDetailLoader.ts'
import { createEndedLists } from './createEndedLists.ts'
import { createFinder } from './createFinder.ts'
import { createSnapshotLoader } from './createSnapshotLoader.ts'
import type { Store } from './createStore.ts'
import type { KeyStorage } from './keyStorage.ts'
import { toHash, type Route } from './route.ts'
import type { SseMessage } from './sse.ts'
import { startLiveStream, type LiveStream, type LiveStreamOptions } from './startLiveStream.ts'
import type { LiveAction, LiveState } from './state.ts'
import { toChanges } from './toChanges.ts'
import type { Filter } from './visitorList.ts'

/** What the reader can do. */
export interface Actions {
  signIn(key: string): void
  signOut(): void
  changeFilter(filter: Partial<Filter>): void
  find(shortId: string): void
  loadMoreEvents(): void
  loadMoreEnded(): void
  loadMoreEndedConversations(): void
  chooseCampaigns(choice: Partial<CampaignChoice>): void
  loadMoreCampaigns(): void
  checkLink(place: CheckPlace, link: AskedLink): void
  /** Segments and outcomes. */
  definitions: DefinitionLoader
  /** Asks the reader, where something is typed that is not saved. @returns false for what is to stay */
  mayLeave(): boolean
  /** Asks again for what the reader looks at. */
  reload(): void
  reconnect(): void
}

/** The effects behind the page. */
export interface Controller extends Actions {
  /** Signs in with the kept key, where there is one. */
  resume(): void
  /** Follows the address. */
  go(route: Route): void
  /** The collector refuses the key. */
  refuse(): void
}

/** What the controller works with. */
export interface ControllerOptions {
  api: Api
  store: Store<LiveState, LiveAction>
  keys: KeyStorage
  /** Changes the fragment of the address; the page follows by `go`. */
  navigate: (hash: string) => void
  /** Asks the reader. @returns whether they say yes */
  confirm: (question: string) => boolean
  clock: Pick<LiveStreamOptions, 'now' | 'random' | 'schedule'>
}

/** How often the whole list is asked for, to learn which sessions timed out: nothing happens at that moment that would be sent. */
const snapshotEveryMs = 60_000

const loss = 'What you have typed is not saved. Leave it all the same?'

const refusal = 'The collector does not accept this API key.'


/** Creates the effects: what is asked of the collector, and when. */
export const createController = ({ api, store, keys, navigate, confirm, clock }: ControllerOptions): Controller => {
  const { dispatch } = store
  const snapshots = createSnapshotLoader({ api, store })
  const details = createDetailLoader({ api, store })
  const ended = createEndedLists({ api, store })
  const campaigns = createCampaignLoader({ api, store, clock })
  const definitions = createDefinitionLoader({ api, store })
  const finder = createFinder({ api, store }, id => navigate(toHash({ view: 'session', id })))
  let stream: LiveStream | undefined
  let cancelSnapshot: (() => void) | undefined

  const takeSnapshot = async (): Promise<void> => {
    cancelSnapshot?.()
    cancelSnapshot = clock.schedule(snapshotEveryMs, takeSnapshot)
    await snapshots.load()
    const { live, detail } = store.get()
    const isGone = detail?.session && !detail.session.endedDate && live.complete && !live.entries.has(detail.id)
    if (isGone) details.refresh()
  }

  const takeMessages = (messages: SseMessage[]): void => {
    const { removed, sessions, conversations } = toChanges(messages)
    if (removed.length) {
      dispatch({ type: 'sessionsRemoved', ids: removed })
      if (store.get().route.view === 'campaigns') campaigns.refreshSoon()
    }
    if (conversations.length) dispatch({ type: 'conversationsChanged', conversations })
    if (!sessions.length) return
    dispatch({ type: 'sessionsChanged', sessions })
    if (store.get().route.view === 'campaigns' && sessions.some(({ mktCampaign }) => mktCampaign)) campaigns.refreshSoon()
    if (sessions.some(session => session.id === store.get().detail?.id)) details.refresh()
  }

  const openRoute = (route: Route): void => {
    if (route.view === 'ended') ended.open()
    if (route.view === 'campaigns') campaigns.open()
    if (route.view === 'definitions') definitions.open()
    if (route.view === 'session' && store.get().detail?.id !== route.id) details.open(route.id)
  }

  const mayLeave = (): boolean => !store.get().definitions.isUnsaved || confirm(loss)

  const leave = (message?: string): void => {
    stream?.stop()
    stream = undefined
    cancelSnapshot?.()
    keys.write('')
    dispatch({ type: 'accessChanged', access: { phase: 'signedOut', ...(message && { message }) } })
  }

  const enter = (): void => {
    let wasOpen = false
    dispatch({ type: 'accessChanged', access: { phase: 'signedIn' } })
    stream = startLiveStream({
      ...clock,
      open: signal => api.live(signal),
      onOpen: () => {
        void takeSnapshot()
        if (store.get().detail) details.refresh()
        // What became of them while the stream was down is told by nobody.
        if (wasOpen && store.get().route.view === 'ended') ended.refresh()
        wasOpen = true
      },
      onMessages: takeMessages,
      onConnection: connection => dispatch({ type: 'connectionChanged', connection }),
    })
    openRoute(store.get().route)
  }

  /** A key is tried by asking for one session. */
  const resume = (): void => {
    dispatch({ type: 'accessChanged', access: { phase: 'checking' } })
    api.list({ limit: '1' }).then(enter, (error: unknown) => {
      const isRefused = error instanceof ApiError && error.status === 401
      if (!isRefused) dispatch({ type: 'accessChanged', access: { phase: 'signedOut', message: toMessage(error) } })
    })
  }

  return {
    resume: () => {
      if (keys.read()) resume()
    },
    signIn(key) {
      keys.write(key.trim())
      resume()
    },
    signOut: () => {
      if (mayLeave()) leave()
    },
    refuse: () => {
      // Who has signed out has nothing to hear of the key.
      if (store.get().access.phase !== 'signedOut') leave(refusal)
    },
    go(route) {
      // The address has changed already.
      if (route.view !== 'definitions' && !mayLeave()) return navigate(toHash({ view: 'definitions' }))
      dispatch({ type: 'routeChanged', route })
      if (store.get().access.phase === 'signedIn') openRoute(route)
    },
    changeFilter: filter => dispatch({ type: 'filterChanged', filter }),
    find: shortId => void finder.find(shortId),
    loadMoreEvents: details.loadMore,
    loadMoreEnded: ended.loadMore,
    loadMoreEndedConversations: ended.loadMoreConversations,
    chooseCampaigns: campaigns.choose,
    loadMoreCampaigns: campaigns.loadMore,
    checkLink: campaigns.check,
    definitions,
    mayLeave,
    reload() {
      const { route } = store.get()
      if (route.view === 'live') void takeSnapshot()
      else if (route.view === 'session') details.open(route.id)
      else openRoute(route)
    },
    reconnect: () => stream?.retryNow(),
  }
}
