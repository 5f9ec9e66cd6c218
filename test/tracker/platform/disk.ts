import { IDBFactory } from 'fake-indexeddb'
import type { Clock } from './clock.ts'

/** What goes wrong with the storage of an origin, from the next access on. */
export interface DiskFaults {
  /** `IndexedDB` cannot be opened: it throws, tells an error, or never answers. */
  open?: 'throws' | 'fails' | 'hangs'
  /** Transactions throw when they are begun, or are aborted for want of room. */
  transaction?: 'throws' | 'full'
  /** How many transactions the fault meets; every one when absent. */
  times?: number
  /** Access to `localStorage` throws, or writing does. */
  local?: 'throws' | 'full'
}

/** A page that uses the disk, and the transactions that die with it. */
interface DiskUser {
  underway: Set<IDBTransaction>
  isAlive(): boolean
}

/** A page that uses localStorage, and hears of what others write there. */
interface LocalUser {
  isAlive(): boolean
  hear(key: string | null): void
}

const toError = (name: string): DOMException => new DOMException(`test fault ${name}`, name)

/** What the pages of one origin share on disk: IndexedDB and localStorage, with faults and latency to order. */
export const createDisk = (clock: Clock) => {
  const factory = new IDBFactory()
  const texts = new Map<string, string>()
  const hearers = new Set<LocalUser>()
  const disk = {
    hearers,
    latency: 0,
    faults: {} as DiskFaults,
    /** A transaction that has been asked for its last write ends well although its page is gone; else it is aborted. Browsers do either. */
    finishes: false,
    local: texts,
    openings: 0,
    writes: 0,
  }
  const written = new WeakSet<IDBTransaction>()

  const meet = <K extends 'open' | 'transaction'>(kind: K): DiskFaults[K] | undefined => {
    const fault = disk.faults[kind]
    if (fault && disk.faults.times !== undefined && disk.faults.times-- <= 0) disk.faults = {}
    return disk.faults[kind]
  }

  /** Begins transactions that a fault may meet, and keeps those under way so that a dying page can abort them. */
  const watch = (database: IDBDatabase, { underway, isAlive }: DiskUser): void => {
    const begin = database.transaction.bind(database)
    database.transaction = (...args: Parameters<typeof begin>) => {
      if (!isAlive()) throw toError('AbortError')
      const fault = meet('transaction')
      if (fault === 'throws') throw toError('InvalidStateError')
      const transaction = begin(...args)
      if (transaction.mode === 'readwrite') disk.writes++
      underway.add(transaction)
      const objectStore = transaction.objectStore.bind(transaction)
      transaction.objectStore = name => {
        const store = objectStore(name)
        const put = store.put.bind(store)
        store.put = (...given: Parameters<typeof put>) => (written.add(transaction), put(...given))
        return store
      }
      const end = (): void => void underway.delete(transaction)
      transaction.addEventListener('complete', end)
      transaction.addEventListener('abort', end)
      if (fault === 'full' && transaction.mode === 'readwrite') {
        Object.defineProperty(transaction, 'error', { value: toError('QuotaExceededError') })
        clock.after(0, () => transaction.abort())
      }
      return transaction
    }
  }

  const failingRequest = (): Partial<IDBOpenDBRequest> => {
    const request: { error: DOMException; onerror?: () => void } = { error: toError('UnknownError') }
    clock.after(1, () => request.onerror?.())
    return request as Partial<IDBOpenDBRequest>
  }

  return Object.assign(disk, {
    /** Access to IndexedDB as one page sees it. */
    openFor: (user: DiskUser) => ({
      open: (name: string, version?: number) => {
        if (!user.isAlive()) return {}
        disk.openings++
        const fault = meet('open')
        if (fault === 'throws') throw toError('SecurityError')
        if (fault === 'hangs') return {}
        if (fault === 'fails') return failingRequest()
        const request = factory.open(name, version)
        request.addEventListener('success', () => watch(request.result, user))
        return request
      },
      deleteDatabase: (name: string) => (user.isAlive() ? factory.deleteDatabase(name) : {}),
    }),
    /** The page of these transactions is gone. */
    end: (underway: Set<IDBTransaction>): void => {
      for (const transaction of underway) if (underway.delete(transaction) && !(disk.finishes && written.has(transaction))) transaction.abort()
    },
    /** Names of the databases that are there. */
    databases: async (): Promise<(string | undefined)[]> => (await factory.databases()).map(({ name }) => name),
    /** Access to localStorage as one page sees it: own keys are the stored ones. */
    localFor: (user: LocalUser): Storage => {
      if (disk.faults.local === 'throws') throw toError('SecurityError')
      const methods: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = {
        getItem: key => texts.get(key) ?? null,
        setItem: (key, value) => {
          if (disk.faults.local === 'full') throw toError('QuotaExceededError')
          if (!user.isAlive()) return
          texts.set(key, String(value))
          for (const other of hearers) if (other !== user) clock.after(1, () => other.isAlive() && other.hear(key))
        },
        removeItem: key => void (user.isAlive() && texts.delete(key)),
      }
      return new Proxy(methods as Storage, {
        get: (target, key) => (key === 'length' ? texts.size : (Reflect.get(target, key) as unknown)),
        ownKeys: () => [...texts.keys()],
        getOwnPropertyDescriptor: (_, key) => ({ value: texts.get(String(key)), enumerable: true, configurable: true }),
      })
    },
    /** The browser evicts all that the origin has stored. */
    evict: async (): Promise<void> => {
      texts.clear()
      for (const { name } of await factory.databases()) if (name) factory.deleteDatabase(name)
    },
  })
}

export type Disk = ReturnType<typeof createDisk>
