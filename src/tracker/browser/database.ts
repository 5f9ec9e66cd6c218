import { promisifyRequest } from 'idb-keyval'
import type { Event } from '../../model/index.ts'
import type { Storage } from '../platform.ts'
import type { TrackerRecord } from '../record.ts'
import type { Freeze } from './freeze.ts'

/**
 * The one object store. Numbers stand before lists there: first the record, then the events to be sent, then those of the record's session;
 * events in lists, so that a transaction makes few entries. Those to be sent are numbered as they were stored, those of the session have
 * a list of the last one's id as their key.
 */
const outbox = 'outbox'
const recordKey = 0
/**
 * Events of a list at most. What is larger than 64 KiB is a file of its own in Chromium, which may be missing when it is read
 * (chromestatus.com/feature/5140210640486400).
 */
const listLength = 20
/** Events that are kept of a tab's session at most. */
const mostKept = 10_000
/** Milliseconds after which a database counts as one that will never open. */
const patience = 10_000

const open = (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(outbox)
  return Promise.race([
    promisifyRequest(request),
    // Safari 14 did not answer at all until the page was loaded anew (WebKit bug 226547).
    new Promise<never>((_, reject) => setTimeout(reject, patience, 'no answer')),
  ])
}

/** Walks through the lists to be sent, the oldest first, until it is told to stop. */
const walk = async (store: IDBObjectStore, visit: (events: Event[], cursor: IDBCursorWithValue) => boolean): Promise<void> => {
  const request = store.openCursor(IDBKeyRange.bound(recordKey, [], true, true))
  // What was stored before there were lists is an event by itself.
  for (let cursor; (cursor = await promisifyRequest(request)) && visit([cursor.value as Event[]].flat(), cursor); ) cursor.continue()
}

/** Takes events out of the lists that they stand in: in two, where a page has both stored and left behind what happened. */
const remove = (store: IDBObjectStore, ids: readonly string[]): Promise<void> => {
  const missing = new Set(ids)
  return walk(store, (events, cursor) => {
    const rest = events.filter(({ id }) => !(missing.delete(id) || ids.includes(id)))
    if (!rest[0]) cursor.delete()
    else if (rest.length < events.length) store.put(rest, cursor.key)
    return missing.size > 0
  })
}

/**
 * The record and the outbox in IndexedDB: one database for each site, one transaction for both, so that an event is folded
 * into the session if and only if it is in the outbox. This is idb-keyval's `update` with more than one key in its
 * transaction, which it does not offer.
 *
 * Durability is `relaxed`: the operating system holds what is written, so it survives a crash of the tab and of the
 * browser, and a write costs a twentieth of a strict one (web-platform-tests/wpt#18817).
 *
 * WebKit freezes a page in its back/forward cache with its transactions open, and the next page would wait for them as long as
 * it is kept there. So they are called off when the page enters it, and done when it comes back; the spill has what they held.
 */
export const createDatabase = (name: string, { running, thawed }: Freeze): Storage => {
  let opened: Promise<IDBDatabase> | undefined
  /** Rejects without a reason when it was called off. */
  const attempt = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      let transaction: IDBTransaction | undefined
      const callOff = (): void => {
        // Firefox tells a page that it froze neither of its requests nor of its transactions.
        reject()
        try {
          transaction?.abort()
        } catch {
          return // It is committing: it is done again, and what is stored twice counts once.
        }
      }
      const run = async (): Promise<T> => {
        await thawed()
        const database = await (opened ??= open(name))
        // It was called off while it waited: it is tried once more, so this one is not to be done.
        if (!running.has(callOff)) return undefined as never
        database.onclose = database.onversionchange = () => {
          database.close()
          opened = undefined
        }
        transaction = database.transaction(outbox, mode, { durability: 'relaxed' })
        return work(transaction.objectStore(outbox))
      }
      running.add(callOff)
      run()
        .then(resolve, reject)
        .finally(() => running.delete(callOff))
    })

  /**
   * Safari closes connections of pages in the background (WebKit bug 201483): open once more before giving up. And where the visitor deletes
   * the site's data, Chromium may close the new connection, too: so twice.
   */
  const transact: typeof attempt = (mode, work) => {
    const again = (cause: unknown): ReturnType<typeof work> => {
      opened = undefined
      return cause ? attempt(mode, work) : transact(mode, work)
    }
    return attempt(mode, work).catch(again).catch(again)
  }

  return {
    update: change =>
      transact('readwrite', async store => {
        const stored = await promisifyRequest<(TrackerRecord & { lists?: number }) | undefined>(store.get(recordKey))
        // What is stored in another shape than this version's counts as absent.
        const [{ record, acknowledged }, events = []] = change(stored?.v === 1 ? stored : undefined)
        if (record.session?.id !== stored?.session?.id) store.delete(IDBKeyRange.lowerBound([]))
        let { lists = 0 } = stored ?? {}
        for (let from = 0; events[from]; from += listLength) {
          const list = events.slice(from, from + listLength)
          store.put(list, ++lists)
          const kept = list.filter(({ seq }) => seq < mostKept)
          if (kept[0]) store.put(kept, [kept.at(-1)!.id])
        }
        store.put({ ...record, lists }, recordKey)
        if (acknowledged) await remove(store, acknowledged)
        await promisifyRequest(store.transaction)
      }),
    pending: limit =>
      transact('readonly', async store => {
        const found = new Map<string, Event>()
        await walk(store, events => {
          for (const event of events) found.set(event.id, event)
          return found.size < limit
        })
        return [...found.values()]
      }),
    kept: (after, limit) => transact('readonly', store => promisifyRequest<Event[][]>(store.getAll(IDBKeyRange.lowerBound([after], true), limit))),
    // Every connection hears of it as a change of the version, and closes.
    erase: () => void indexedDB.deleteDatabase(name),
  }
}
