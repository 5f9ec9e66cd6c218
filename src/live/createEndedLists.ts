import { createEndedLoader } from './createEndedLoader.ts'
import type { LoaderContext } from './loaderContext.ts'

/** Loads what is over: visits, and calls and chats. */
export interface EndedLists {
  /** Starts both afresh, with the newest. */
  open(): void
  /** Asks for what is shown again. */
  refresh(): void
  loadMore(): void
  loadMoreConversations(): void
}

/** Creates the loaders of both lists. */
export const createEndedLists = ({ api, store }: LoaderContext): EndedLists => {
  const visits = createEndedLoader({
    first: limit => api.list({ status: 'ended', limit: String(limit) }),
    next: api.nextSessions,
    get: () => store.get().ended,
    tell: store.dispatch,
  })
  const conversations = createEndedLoader({
    first: api.conversationsEnded,
    next: api.nextConversations,
    get: () => store.get().endedConversations,
    tell: action => store.dispatch({ type: 'endedConversations', action }),
  })
  return {
    open: () => {
      visits.open()
      conversations.open()
    },
    refresh: () => {
      visits.refresh()
      conversations.refresh()
    },
    loadMore: visits.loadMore,
    loadMoreConversations: conversations.loadMore,
  }
}
