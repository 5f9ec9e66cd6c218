import { promisifyRequest } from 'idb-keyval'
import type { Event } from '../../model/index.ts'
import type { Storage } from '../platform.ts'
import type { TrackerRecord } from '../record.ts'

/** The one object store: events by id, and before them, because numbers stand before texts, the record. */
const outbox = 'outbox'
const recordKey = 0

const open = (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(outbox)
  return promisifyRequest(request)
}

/**
 * The record and the outbox in IndexedDB: one database for each site, one transaction for both, so that an event is folded
 * into the session if and only if it is in the outbox. This is idb-keyval's `update` with more than one key in its
 * transaction, which it does not offer.
 *
 * Durability is `relaxed`: the operating system holds what is written, so it survives a crash of the tab and of the
 * browser, and a write costs a twentieth of a strict one (web-platform-tests/wpt#18817).
 */
export const createDatabase = (name: string): Storage => {
  let opened: Promise<IDBDatabase> | undefined

  const attempt = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> => {
    const database = await (opened ??= open(name))
    database.onclose = database.onversionchange = () => {
      database.close()
      opened = undefined
    }
    return work(database.transaction(outbox, mode, { durability: 'relaxed' }).objectStore(outbox))
  }

  /** Safari closes connections of pages in the background (WebKit bug 201483): open once more before giving up. */
  const transact: typeof attempt = (mode, work) =>
    attempt(mode, work).catch(() => {
      opened = undefined
      return attempt(mode, work)
    })

  return {
    update: change =>
      transact('readwrite', async store => {
        const stored = await promisifyRequest<TrackerRecord | undefined>(store.get(recordKey))
        // What is stored in another shape than this version's counts as absent.
        const [{ record, acknowledged = [] }, events = []] = change(stored?.v === 1 ? stored : undefined)
        for (const event of events) store.put(event, event.id)
        for (const id of acknowledged) store.delete(id)
        store.put(record, recordKey)
        await promisifyRequest(store.transaction)
      }),
    pending: limit => transact('readonly', async store => (await promisifyRequest<Event[]>(store.getAll(null, limit + 1))).slice(1)),
  }
}
