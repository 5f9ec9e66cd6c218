import { ApiError, toMessage } from './apiError.ts'
import { toEntities } from './current.ts'
import type { LiveSession } from './liveSession.ts'
import type { LoaderContext } from './loaderContext.ts'

/** Loads one session and its timeline. */
export interface DetailLoader {
  open(id: string): void
  /** Something changed: asks for the session, its conversations and the end of its timeline again. */
  refresh(): void
  /** Goes on with a long timeline. */
  loadMore(): void
}

/** Pages of a timeline that are loaded without being asked for. */
const pagesAtOnce = 5

/** Numbers the questions of a kind. @returns whether no later one was answered before */
const createOrder = (): (() => () => boolean) => {
  let asked = 0
  let answered = 0
  return () => {
    const number = ++asked
    return () => {
      const isNewest = number > answered
      if (isNewest) answered = number
      return isNewest
    }
  }
}

/** Creates the loader. Refreshes that come while one runs are made up for by a single one after it. */
export const createDetailLoader = ({ api, store }: LoaderContext): DetailLoader => {
  /** The last page of the timeline so far: new events appear in it, or behind it. `undefined` is the first page. */
  let tail: string | undefined
  let refreshing = false
  let again = false
  const askSession = createOrder()
  const askConversations = createOrder()

  const isShown = (id: string): boolean => store.get().detail?.id === id
  /** A session that was shown and is not found any more was removed. */
  const fail = (id: string) => (error: unknown) => {
    const { detail } = store.get()
    const isGone = error instanceof ApiError && error.status === 404 && detail?.id === id && detail.session
    store.dispatch(isGone ? { type: 'sessionsRemoved', ids: [id] } : { type: 'detailFailed', id, message: toMessage(error) })
  }

  const loadSession = async (id: string): Promise<void> => {
    const isNewest = askSession()
    const session = await api.session(id)
    if (isNewest()) store.dispatch({ type: 'detailLoaded', session })
  }

  const loadConversations = async (id: string): Promise<void> => {
    const isNewest = askConversations()
    const { entities: conversations } = await api.conversations(id)
    if (isNewest()) store.dispatch({ type: 'conversationsLoaded', id, conversations })
  }

  const loadEvents = async (id: string, from: string | undefined): Promise<void> => {
    store.dispatch({ type: 'eventsLoading', id })
    let uri = from
    for (let pages = 0; pages < pagesAtOnce && isShown(id); pages += 1) {
      const page = await api.events(id, uri)
      if (isShown(id)) tail = uri
      store.dispatch({ type: 'eventsLoaded', id, page })
      if (!page.nextUri) return
      uri = page.nextUri
    }
  }

  const knownSession = (id: string): LiveSession | undefined => {
    const { live, ended } = store.get()
    return [...toEntities(live), ...ended.sessions].find(session => session.id === id)
  }

  const refreshOnce = async (id: string): Promise<void> => {
    const { detail } = store.get()
    await Promise.all([loadSession(id), loadConversations(id)])
    if (detail?.id === id && !detail.nextUri) await loadEvents(id, tail)
    store.dispatch({ type: 'detailRefreshed', id })
  }

  const refresh = (): void => {
    const id = store.get().detail?.id
    again = refreshing
    if (!id || refreshing) return
    refreshing = true
    refreshOnce(id)
      .catch(fail(id))
      .finally(() => {
        refreshing = false
        if (again) refresh()
      })
  }

  return {
    refresh,
    open(id) {
      const session = knownSession(id)
      tail = undefined
      store.dispatch({ type: 'detailOpened', id, ...(session && { session }) })
      Promise.all([loadSession(id), loadEvents(id, undefined), loadConversations(id)]).catch(fail(id))
    },
    loadMore() {
      const { detail } = store.get()
      if (detail?.nextUri) loadEvents(detail.id, detail.nextUri).catch(fail(detail.id))
    },
  }
}
