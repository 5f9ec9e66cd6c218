import { promisifyRequest } from 'idb-keyval'
import type { Event } from '../../model/index.ts'
import type { Storage } from '../platform.ts'
import type { TrackerRecord } from '../record.ts'

const recordStore = 'record'
const outboxStore = 'outbox'

const open = (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(recordStore)
    request.result.createObjectStore(outboxStore)
  }
  // A newer version of the tracker in another tab is upgrading and waits for this one: go on without it.
  return Promise.race([promisifyRequest(request), new Promise<never>((_, reject) => (request.onblocked = reject))])
}

/**
 * The record and the outbox in IndexedDB: one database for each site, one transaction over both stores, so that an event
 * is folded into the session if and only if it is in the outbox. This is idb-keyval's `update` with a second store in its
 * transaction, which it does not offer.
 *
 * Durability is `relaxed`: the operating system holds what is written, so it survives a crash of the tab and of the
 * browser, and a write costs a twentieth of a strict one (web-platform-tests/wpt#18817).
 */
export const createDatabase = (site: string): Storage => {
  let opened: Promise<IDBDatabase> | undefined

  const connect = (): Promise<IDBDatabase> =>
    (opened ??= open(`sojourn.${site}`).then(database => {
      database.onclose = database.onversionchange = () => {
        database.close()
        opened = undefined
      }
      return database
    }))

  const attempt = async <T>(mode: IDBTransactionMode, work: (transaction: IDBTransaction) => Promise<T>): Promise<T> =>
    work((await connect()).transaction([recordStore, outboxStore], mode, { durability: 'relaxed' }))

  /** Safari closes connections of pages in the background (WebKit bug 201483): open once more before giving up. */
  const transact: typeof attempt = (mode, work) =>
    attempt(mode, work).catch(() => {
      opened = undefined
      return attempt(mode, work)
    })

  return {
    update: change =>
      transact('readwrite', async transaction => {
        const records = transaction.objectStore(recordStore)
        const outbox = transaction.objectStore(outboxStore)
        const stored = await promisifyRequest<TrackerRecord | undefined>(records.get(recordStore))
        // What is stored in another shape than this version's counts as absent.
        const { record, events = [], acknowledged = [] } = change(stored?.v === 1 ? stored : undefined)
        for (const event of events) outbox.put(event, event.id)
        for (const id of acknowledged) outbox.delete(id)
        records.put(record, recordStore)
        await promisifyRequest(transaction)
      }),
    pending: limit => transact('readonly', transaction => promisifyRequest<Event[]>(transaction.objectStore(outboxStore).getAll(null, limit))),
  }
}
