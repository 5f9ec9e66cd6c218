import { toMessage } from './apiError.ts'
import type { Ended, EndedAction } from './endedSessions.ts'

/** Loads sessions that are over. */
export interface EndedLoader {
  /** Starts afresh, with the newest. */
  open(): void
  loadMore(): void
}

/** A page of a list. */
interface Page<T> {
  entities: T[]
  nextUri?: string
}

/** What the loader works with. */
export interface EndedLoaderOptions<T> {
  first(): Promise<Page<T>>
  /** Follows `nextUri`. */
  next(uri: string): Promise<Page<T>>
  /** The list as it is now. */
  get(): Ended<T>
  tell(action: EndedAction<T>): void
}

/** Creates the loader of one list. */
export const createEndedLoader = <T>({ first, next, get, tell }: EndedLoaderOptions<T>): EndedLoader => {
  const load = async (uri: string | undefined): Promise<void> => {
    tell({ type: 'endedLoading', fresh: !uri })
    const { entities: sessions, nextUri } = await (uri ? next(uri) : first())
    tell({ type: 'endedLoaded', sessions, ...(nextUri && { nextUri }) })
  }
  const start = (uri: string | undefined): void => {
    if (get().phase === 'loading') return
    load(uri).catch((error: unknown) => tell({ type: 'endedFailed', message: toMessage(error) }))
  }
  return {
    open: () => start(undefined),
    loadMore: () => start(get().nextUri),
  }
}
