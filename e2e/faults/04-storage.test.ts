import { test } from 'vitest'
import type { Trial } from './harness/runTrial.ts'
import { setUp } from './harness/setUp.ts'
import { flush, trackAll } from './harness/tab.ts'

const { run } = setUp()

/** Events before and after something happens to the page's storage. */
const around =
  (happens: (trial: Trial) => Promise<unknown>) =>
  async (trial: Trial): Promise<void> => {
    const { page, markers } = trial
    await trackAll(page, markers(5))
    await page.evaluate(() => globalThis.sojourn!('session'))
    await happens(trial)
    await trackAll(page, markers(5))
    await flush(page)
  }

const nothing = (): Promise<void> => Promise.resolve()

test('IndexedDB is absent', () =>
  run({
    name: 'IndexedDB is absent',
    trials: 3,
    prepare: context => context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined })),
    run: around(nothing),
  }))

test('IndexedDB throws when it is opened', () =>
  run({
    name: 'IndexedDB throws when it is opened',
    trials: 3,
    prepare: context =>
      context.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('The user denied permission to access the database.', 'UnknownError')
        }
      }),
    run: around(nothing),
  }))

test('every access to storage throws', () =>
  run({
    name: 'the visitor blocks all storage: every access throws',
    trials: 3,
    prepare: context =>
      context.addInitScript(() => {
        for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) {
          Object.defineProperty(globalThis, name, {
            get: () => {
              throw new DOMException('Access is denied for this document.', 'SecurityError')
            },
          })
        }
      }),
    run: around(nothing),
  }))

test('the storage is full', () =>
  run({
    name: 'the storage of the site is full',
    trials: 3,
    // The debugger's quota (Storage.overrideQuotaForOrigin) lets small writes through, so the page's storage itself says what a full disk says.
    run: around(({ page }) =>
      page.evaluate(() => {
        const refuse = (): never => {
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
        }
        IDBObjectStore.prototype.put = refuse
        Storage.prototype.setItem = refuse
      }),
    ),
  }))

test('the visitor deletes the data of the site while the page is open', () =>
  run({
    name: 'the visitor deletes the data of the site while the page is open',
    trials: 3,
    run: around(async ({ context, page, gate }) => {
      const session = await context.newCDPSession(page)
      await session.send('Storage.clearDataForOrigin', { origin: gate.origin, storageTypes: 'all' })
    }),
  }))

test('another program deletes the database while the page is open', () =>
  run({
    name: "the page's own script deletes the database",
    trials: 3,
    run: around(({ page }) =>
      page.evaluate(async () => {
        const databases = await indexedDB.databases()
        await Promise.all(databases.map(({ name }) => new Promise(resolve => (indexedDB.deleteDatabase(name!).onsuccess = resolve))))
      }),
    ),
  }))
