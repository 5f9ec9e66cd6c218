import { toMessage } from './apiError.ts'
import type { LiveSession } from './liveSession.ts'
import type { LoaderContext } from './loaderContext.ts'

/** Loads all sessions that are live now. */
export interface SnapshotLoader {
  load(): Promise<void>
}

const sessionsPerPage = '100'

/** More live sessions than these pages hold are not shown: nobody reads a list that long. */
const mostPages = 20

/** Creates the loader. While one snapshot is on its way, another is not asked for. */
export const createSnapshotLoader = ({ api, store }: LoaderContext): SnapshotLoader => {
  let running: Promise<void> | undefined

  const read = async (): Promise<void> => {
    const since = store.get().live.revision
    const sessions: LiveSession[] = []
    let page = await api.list({ status: 'live', limit: sessionsPerPage })
    sessions.push(...page.entities)
    for (let pages = 1; page.nextUri && pages < mostPages; pages += 1) {
      page = await api.nextSessions(page.nextUri)
      sessions.push(...page.entities)
    }
    const { entities: conversations } = await api.conversationsNow()
    store.dispatch({ type: 'conversationsNow', conversations })
    store.dispatch({ type: 'snapshotLoaded', snapshot: { sessions, since, complete: !page.nextUri } })
  }

  return {
    load() {
      running ??= read()
        .catch((error: unknown) => store.dispatch({ type: 'snapshotFailed', message: toMessage(error) }))
        .finally(() => {
          running = undefined
        })
      return running
    },
  }
}
