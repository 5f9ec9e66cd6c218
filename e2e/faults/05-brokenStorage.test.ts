import { test } from 'vitest'
import type { Trial } from './harness/runTrial.ts'
import { setUp } from './harness/setUp.ts'
import { flush, started, trackAll } from './harness/tab.ts'

declare global {
  /** Connections that the page has opened. */
  var connections: IDBDatabase[]
}

const { run } = setUp()

/** Events, then what happens to the storage, and events again; nobody waits for the first ones to be stored. */
const during =
  (happens: (trial: Trial) => Promise<unknown>) =>
  async (trial: Trial): Promise<void> => {
    const { page, markers } = trial
    await trackAll(page, markers(5))
    await happens(trial)
    await trackAll(page, markers(5))
    await flush(page)
  }

/** Keeps the connections that the page opens within the test's reach. */
const keepConnections = (): void => {
  const { transaction } = IDBDatabase.prototype
  globalThis.connections = []
  IDBDatabase.prototype.transaction = function (...args) {
    if (!globalThis.connections.includes(this)) globalThis.connections.push(this)
    return transaction.apply(this, args)
  }
}

test('every transaction of IndexedDB is aborted', () =>
  run({
    name: 'IndexedDB aborts every transaction',
    trials: 3,
    run: during(({ page }) =>
      page.evaluate(() => {
        const { transaction } = IDBDatabase.prototype
        IDBDatabase.prototype.transaction = function (...args) {
          const made = transaction.apply(this, args)
          queueMicrotask(() => made.abort())
          return made
        }
      }),
    ),
  }))

test('the connection is closed under the page', () =>
  run({
    name: 'the browser closes the connection to IndexedDB under the page',
    trials: 5,
    prepare: context => context.addInitScript(keepConnections),
    // As Safari does with pages in the background: the page is not told, and the next transaction throws.
    run: during(({ page }) => page.evaluate(() => globalThis.connections.forEach(connection => connection.close()))),
  }))

test('a newer version of the database waits, and blocks', () =>
  run({
    name: 'IndexedDB is blocked by an upgrade in another tab, until that tab is closed',
    trials: 3,
    run: async ({ context, page, gate, markers }) => {
      const other = await context.newPage()
      await other.goto(`${gate.origin}/elsewhere`)
      // It holds the only connection in the middle of an upgrade: whoever opens the database waits as long as it likes.
      await other.evaluate(
        () =>
          new Promise(resolve => {
            const opening = indexedDB.open('sojourn.demo', 7)
            const hold = (): void => {
              opening.transaction!.objectStore('held').get(1).onsuccess = hold
            }
            opening.onupgradeneeded = () => {
              opening.result.createObjectStore('held')
              hold()
              resolve(undefined)
            }
          }),
      )
      await trackAll(page, markers(5))
      await page.reload()
      await started(page)
      await trackAll(page, markers(5))
      await other.close()
      await flush(page)
    },
  }))

test('IndexedDB never answers', () =>
  run({
    name: 'IndexedDB never answers, and the visitor goes on to the next page',
    trials: 5,
    prepare: context => context.addInitScript(() => (IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest)),
    run: async ({ page, markers }) => {
      await trackAll(page, markers(5))
      await page.click('#next')
      await page.waitForURL('**/next')
    },
  }))
