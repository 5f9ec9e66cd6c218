import { toMessage } from './apiError.ts'
import type { LoaderContext } from './loaderContext.ts'

/** Loads the sessions that are over. */
export interface EndedLoader {
  /** Starts afresh, with the newest. */
  open(): void
  loadMore(): void
}

const sessionsPerPage = '25'

/** Creates the loader. */
export const createEndedLoader = ({ api, store }: LoaderContext): EndedLoader => {
  const load = async (uri: string | undefined): Promise<void> => {
    store.dispatch({ type: 'endedLoading', fresh: !uri })
    const page = await (uri ? api.nextSessions(uri) : api.list({ status: 'ended', limit: sessionsPerPage }))
    const { entities: sessions, nextUri } = page
    store.dispatch({ type: 'endedLoaded', sessions, ...(nextUri && { nextUri }) })
  }
  const start = (uri: string | undefined): void => {
    if (store.get().ended.phase === 'loading') return
    load(uri).catch((error: unknown) => store.dispatch({ type: 'endedFailed', message: toMessage(error) }))
  }
  return {
    open: () => start(undefined),
    loadMore: () => start(store.get().ended.nextUri),
  }
}
