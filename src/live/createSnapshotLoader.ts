import { toMessage } from './apiError.ts'
import type { Conversation } from './conversation.ts'
import type { Snapshot } from './current.ts'
import type { LiveSession } from './liveSession.ts'
import type { LoaderContext } from './loaderContext.ts'

/** Loads all visits, calls and chats that go on now. */
export interface SnapshotLoader {
  load(): Promise<void>
}

const sessionsPerPage = '100'

/** More live sessions than these pages hold are not shown: nobody reads a list that long. */
const mostPages = 20

/**
 * Creates the loader. Whoever asks while a snapshot is on its way gets another one after it: that one was asked for before, and what
 * happened since then may be in neither it nor the stream.
 */
export const createSnapshotLoader = ({ api, store }: LoaderContext): SnapshotLoader => {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const readSessions = async (): Promise<Snapshot<LiveSession>> => {
    const since = store.get().live.revision
    const sessions: LiveSession[] = []
    let page = await api.list({ status: 'live', limit: sessionsPerPage })
    sessions.push(...page.entities)
    for (let pages = 1; page.nextUri && pages < mostPages; pages += 1) {
      page = await api.nextSessions(page.nextUri)
      sessions.push(...page.entities)
    }
    return { entities: sessions, since, complete: !page.nextUri }
  }

  const readConversations = async (): Promise<Snapshot<Conversation>> => {
    const since = store.get().conversations.revision
    const { entities, nextUri } = await api.conversationsNow()
    return { entities, since, complete: !nextUri }
  }

  const read = async (): Promise<void> => {
    try {
      store.dispatch({ type: 'snapshotLoaded', sessions: await readSessions(), conversations: await readConversations() })
    } catch (error) {
      store.dispatch({ type: 'snapshotFailed', message: toMessage(error) })
    }
  }

  const start = (): Promise<void> => {
    next = undefined
    running = read().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    load() {
      if (!running) return start()
      next ??= running.then(start)
      return next
    },
  }
}
