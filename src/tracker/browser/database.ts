import { promisifyRequest, update, type UseStore } from 'idb-keyval'
import type { Event } from '../../model/index.ts'
import type { Storage } from '../platform.ts'
import type { TrackerRecord } from '../record.ts'

const recordStore = 'record'
const outboxStore = 'outbox'

const open = async (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(recordStore)
    request.result.createObjectStore(outboxStore)
  }
  // A newer version of the tracker in another tab is upgrading and waits for this one: go on without it.
  const blocked = new Promise<never>((_, reject) => (request.onblocked = () => reject(new Error('IndexedDB is blocked by another tab'))))
  return Promise.race([promisifyRequest(request), blocked])
}

/** What is stored in another shape than this version's is left alone and counts as absent. */
const toRecord = (stored: unknown): TrackerRecord | undefined => ((stored as TrackerRecord | undefined)?.v === 1 ? (stored as TrackerRecord) : undefined)

/**
 * The record and the outbox in IndexedDB: one database for each site, one transaction over both stores, so that an event
 * is folded into the session if and only if it is in the outbox.
 *
 * Durability is `relaxed`: the operating system holds what is written, so it survives a crash of the tab and of the
 * browser, and a write costs a twentieth of a strict one (web-platform-tests/wpt#18817).
 */
export const createDatabase = (site: string): Storage => {
  let opened: Promise<IDBDatabase> | undefined

  const connect = (): Promise<IDBDatabase> => {
    opened ??= open(`sojourn.${site}`).then(database => {
      database.onclose = database.onversionchange = () => {
        database.close()
        opened = undefined
      }
      return database
    })
    return opened
  }

  const begin = async <T>(mode: IDBTransactionMode, run: (transaction: IDBTransaction) => T | PromiseLike<T>): Promise<T> =>
    run((await connect()).transaction([recordStore, outboxStore], mode, { durability: 'relaxed' }))

  /** Safari closes connections of pages in the background (WebKit bug 201483): open once more before giving up. */
  const twice = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch {
      opened = undefined
      return work()
    }
  }

  return {
    update: change =>
      twice(() => {
        let outbox: IDBObjectStore
        const useStore: UseStore = (mode, callback) =>
          begin(mode, transaction => {
            outbox = transaction.objectStore(outboxStore)
            return callback(transaction.objectStore(recordStore))
          })
        return update<unknown>(
          recordStore,
          stored => {
            const { record, events = [], acknowledged = [] } = change(toRecord(stored))
            for (const event of events) outbox.put(event, event.id)
            for (const id of acknowledged) outbox.delete(id)
            return record
          },
          useStore,
        )
      }),
    read: () =>
      twice(() => begin('readonly', transaction => promisifyRequest<unknown>(transaction.objectStore(recordStore).get(recordStore)))).then(toRecord),
    pending: limit => twice(() => begin('readonly', transaction => promisifyRequest<Event[]>(transaction.objectStore(outboxStore).getAll(null, limit)))),
  }
}
