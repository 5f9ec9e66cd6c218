import { toMessage } from './apiError.ts'
import type { LiveSession } from './liveSession.ts'
import type { LoaderContext } from './loaderContext.ts'
import type { Find } from './state.ts'

/** Finds a visitor who reads out their short id. */
export interface Finder {
  find(shortId: string): Promise<void>
}

/** What the collector gives out as short ids. */
const shortIdShape = /^\d{4,6}$/

/** Creates the finder. One match opens the session, several (on several sites) are offered; none, when the reader has gone on to something else. */
export const createFinder = ({ api, store }: LoaderContext, show: (id: string) => void): Finder => {
  const tell = (find: Find): void => store.dispatch({ type: 'findChanged', find })

  const offer = (shortId: string, sessions: LiveSession[]): void => {
    const [first, ...others] = sessions
    if (!first) return tell({ phase: 'none', shortId })
    if (others.length) return tell({ phase: 'several', shortId, sessions })
    tell({ phase: 'idle' })
    show(first.id)
  }

  return {
    find: async shortId => {
      if (!shortIdShape.test(shortId)) return tell({ phase: 'failed', message: 'A short id has 4 to 6 digits.' })
      const searching: Find = { phase: 'searching', shortId }
      const isAwaited = (): boolean => store.get().find === searching
      tell(searching)
      try {
        const { entities } = await api.list({ shortId, status: 'live' })
        if (isAwaited()) offer(shortId, entities)
      } catch (error) {
        if (isAwaited()) tell({ phase: 'failed', message: toMessage(error) })
      }
    },
  }
}
