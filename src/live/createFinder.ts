import { toMessage } from './apiError.ts'
import type { LoaderContext } from './loaderContext.ts'

/** Finds a visitor who reads out their short id. */
export interface Finder {
  find(shortId: string): Promise<void>
}

/** What the collector gives out as short ids. */
const shortIdShape = /^\d{4,6}$/

/** Creates the finder. One match opens the session, several (on several sites) are offered. */
export const createFinder = ({ api, store }: LoaderContext, show: (id: string) => void): Finder => {
  const search = async (shortId: string): Promise<void> => {
    if (!shortIdShape.test(shortId)) return store.dispatch({ type: 'findChanged', find: { phase: 'failed', message: 'A short id has 4 to 6 digits.' } })
    store.dispatch({ type: 'findChanged', find: { phase: 'searching', shortId } })
    const { entities } = await api.list({ shortId, status: 'live' })
    const [first, ...others] = entities
    if (first && !others.length) {
      store.dispatch({ type: 'findChanged', find: { phase: 'idle' } })
      show(first.id)
    } else store.dispatch({ type: 'findChanged', find: first ? { phase: 'several', shortId, sessions: entities } : { phase: 'none', shortId } })
  }
  return {
    find: shortId =>
      search(shortId).catch((error: unknown) => store.dispatch({ type: 'findChanged', find: { phase: 'failed', message: toMessage(error) } })),
  }
}
