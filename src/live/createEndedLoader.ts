import { toMessage } from './apiError.ts'
import type { Ended, EndedAction } from './endedSessions.ts'

/** Loads sessions that are over. */
export interface EndedLoader {
  /** Starts afresh, with the newest. */
  open(): void
  /** Asks for what is shown again: some of it may be no more, and the stream was down when that was told. */
  refresh(): void
  loadMore(): void
}

/** A page of a list. */
interface Page<T> {
  entities: T[]
  nextUri?: string
}

/** What the loader works with. */
export interface EndedLoaderOptions<T> {
  /** The newest, so many of them. */
  first(limit: number): Promise<Page<T>>
  /** Follows `nextUri`. */
  next(uri: string): Promise<Page<T>>
  /** The list as it is now. */
  get(): Ended<T>
  tell(action: EndedAction<T>): void
}

/** Sessions that are asked for at a time: at first, and at most. */
const perPage = 25
const mostPerPage = 200

/** Creates the loader of one list. */
export const createEndedLoader = <T extends { id: string }>({ first, next, get, tell }: EndedLoaderOptions<T>): EndedLoader => {
  const load = async (uri: string | undefined): Promise<void> => {
    tell({ type: 'endedLoading', fresh: !uri })
    const { entities: sessions, nextUri } = await (uri ? next(uri) : first(perPage))
    tell({ type: 'endedLoaded', sessions, ...(nextUri && { nextUri }) })
  }
  const fail = (error: unknown): void => tell({ type: 'endedFailed', message: toMessage(error) })
  const start = (uri: string | undefined): void => {
    if (get().phase === 'loading') return
    load(uri).catch(fail)
  }
  const reload = async (): Promise<void> => {
    const known = new Set(get().sessions.map(({ id }) => id))
    const { entities: sessions, nextUri } = await first(Math.min(mostPerPage, Math.max(perPage, known.size)))
    tell({ type: 'endedLoaded', sessions, replaced: known, ...(nextUri && { nextUri }) })
  }
  return {
    open: () => start(undefined),
    refresh: () => void reload().catch(fail),
    loadMore: () => start(get().nextUri),
  }
}
