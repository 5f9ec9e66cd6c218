import { promisifyRequest } from 'idb-keyval'
import type { Event } from '../../model/index.ts'
import type { Storage } from '../platform.ts'
import type { TrackerRecord } from '../store/record.ts'
import type { Freeze } from './freeze.ts'

/**
 * The one object store. Numbers stand before texts there, and texts before lists: first the record, then the events to be sent by
 * id, then those of the record's session, as many together as one transaction had, by a list of the last one's id.
 */
const outbox = 'outbox'
const recordKey = 0
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
        const stored = await promisifyRequest<TrackerRecord | undefined>(store.get(recordKey))
        // What is stored in another shape than this version's counts as absent.
        const [{ record, acknowledged = [] }, events = []] = change(stored?.v === 1 ? stored : undefined)
        if (record.session?.id !== stored?.session?.id) store.delete(IDBKeyRange.lowerBound([]))
        for (const event of events) store.put(event, event.id)
        const kept = events.filter(({ seq }) => seq < mostKept)
        if (kept[0]) store.put(kept, [kept.at(-1)!.id])
        for (const id of acknowledged) store.delete(id)
        // Until there is a session nobody is known: another page may have sent events of one for the visitor that it has assumed.
        if (record.session) store.put(record, recordKey)
        await promisifyRequest(store.transaction)
      }),
    pending: limit => transact('readonly', store => promisifyRequest<Event[]>(store.getAll(IDBKeyRange.bound('', []), limit))),
    kept: (after, limit) => transact('readonly', store => promisifyRequest<Event[][]>(store.getAll(IDBKeyRange.lowerBound([after], true), limit))),
    // Every connection hears of it as a change of the version, and closes.
    erase: () => void indexedDB.deleteDatabase(name),
  }
}
