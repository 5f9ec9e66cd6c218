import type { ConversationSession } from '../conversations/conversationSession.ts'
import type { ServedSession } from './servedSession.ts'

/** Names a session that has changed. */
export interface SessionChange {
  /** '' for a conversation that is tied to none. */
  site: string
  id: string
  isConversation?: true
  /** It was tied to this site, and is not any more: whoever listens to the site is told that it was removed there. */
  hasLeft?: true
}

/** One who listens to the stream. */
export interface LiveClient {
  write(text: string): void
  /** Bytes that were written and not sent yet. */
  buffered(): number
  close(): void
}

export interface LiveOptions {
  /** @returns undefined for one that was removed */
  read(change: SessionChange): ServedSession | ConversationSession | undefined
  /** Told why a Session could not be read. */
  onUnreadable(cause: unknown): void
  /** Milliseconds between two comments that keep proxies from closing the stream, and tell the client that it is alive. */
  heartbeat?: number
  /** Milliseconds that changes are gathered: a session that changes often is sent once. */
  gather?: number
  /** Bytes that a client may be behind when there is more to tell; a slower one is dropped, and fetches the list again when it comes back. */
  maxBuffered?: number
}

/** What has become of a Session: as it is now, or that it is no more, because its customer was erased or it was too old. */
const toMessage = (id: number, change: SessionChange, session: ServedSession | ConversationSession | undefined): string => {
  const [event, data] = session ? ['session', session] : ['removed', { site: change.site, id: change.id }]
  return `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Creates the hub of `GET /v1/live`: every change of a Session goes to everyone who listens, as a server-sent event. */
export const createLive = ({ read, onUnreadable, heartbeat = 15_000, gather = 100, maxBuffered = 1_048_576 }: LiveOptions) => {
  const clients = new Map<LiveClient, string | undefined>()
  let changed = new Map<string, SessionChange>()
  let gathering: NodeJS.Timeout | undefined
  let beating: NodeJS.Timeout | undefined
  let lastId = 0
  let isClosed = false

  const remove = (client: LiveClient): void => {
    clients.delete(client)
    if (clients.size) return
    clearInterval(beating)
    beating = undefined
  }

  /** Asked before there is something to tell: what was written just now is not sent yet, however quick the client. */
  const dropSlow = (): void => {
    for (const client of [...clients.keys()]) {
      if (client.buffered() <= maxBuffered) continue
      remove(client)
      client.close()
    }
  }

  const beat = (): void => {
    dropSlow()
    for (const client of clients.keys()) client.write(':\n\n')
  }

  /** Of one that cannot be read nothing is told. Nobody but the listeners waits for it, and nothing else is to end for it. */
  const tell = (change: SessionChange): void => {
    let message: string
    try {
      message = toMessage(lastId + 1, change, read(change))
    } catch (cause) {
      return onUnreadable(cause)
    }
    lastId++
    for (const [client, site] of clients) if (!site || site === change.site) client.write(message)
  }

  const flush = (): void => {
    gathering = undefined
    const changes = [...changed.values()]
    changed = new Map()
    dropSlow()
    if (clients.size) changes.forEach(tell)
  }

  return {
    /**
     * Adds a client; once the hub is closed, it is closed at once.
     *
     * @param site sends it that site's sessions only
     * @returns removes the client
     */
    add: (client: LiveClient, site?: string): (() => void) => {
      if (isClosed) {
        client.close()
        return () => undefined
      }
      clients.set(client, site)
      beating ??= setInterval(beat, heartbeat)
      client.write(':\n\n')
      return () => remove(client)
    },

    publish: (changes: readonly SessionChange[]): void => {
      if (!clients.size) return
      for (const change of changes) {
        const key = `${change.isConversation ?? false}/${change.site}/${change.id}`
        // In the order of the newest: who hears of all sites is to hear last of the one where a conversation is.
        changed.delete(key)
        changed.set(key, change)
      }
      gathering ??= setTimeout(flush, gather)
    },

    count: () => clients.size,

    close: (): void => {
      isClosed = true
      clearTimeout(gathering)
      for (const client of [...clients.keys()]) {
        remove(client)
        client.close()
      }
    },
  }
}

export type Live = ReturnType<typeof createLive>
