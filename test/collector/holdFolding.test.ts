import { expect, onTestFinished, test, vi } from 'vitest'
import { startProjection } from '../../src/collector/startProjection.ts'

/** A thread that folds nothing, and tells what it was told. */
const entry = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', order => {
      parentPort.postMessage({ type: 'progress', progress: { position: 0, changed: [JSON.stringify(order)] } })
      if (order === 'stop') parentPort.close()
    })`)}`,
)

const setUp = (isSaturated: () => boolean) => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const orders: unknown[] = []
  const options = { logFile: '', sessionsFile: '', sites: [], definitions: { segments: [], outcomes: [] }, entry, isSaturated }
  const projection = startProjection({ ...options, onProgress: (_position, told) => orders.push(...told.map(order => JSON.parse(String(order)) as unknown)) })
  onTestFinished(async () => {
    await projection.stop()
    vi.useRealTimers()
  })
  return {
    projection,
    /** Everything that the thread was told until it was stopped. */
    orders: async () => {
      await projection.stop()
      return orders
    },
    /** A batch comes, so many milliseconds after the one before. */
    take: (ms: number) => {
      vi.advanceTimersByTime(ms)
      projection.wake()
    },
  }
}

const hold = { hold: 150 }
const release = { hold: 0 }

test('while batches come faster than they are acknowledged, folding is held, and that is thought over from time to time', async () => {
  let asked = 0
  const { orders, take } = setUp(() => ++asked !== 2)
  for (let batch = 0; batch < 15; batch++) take(10)
  expect(asked).toBe(3)
  expect(await orders()).toEqual([hold, hold, 'stop'])
})

test('it is not held while somebody waits for a Session', async () => {
  const { projection, orders, take } = setUp(() => true)
  take(0)
  const waiting = [projection.waitFor(1, 50), projection.waitFor(2, 50)]
  take(50)
  expect(await Promise.all(waiting)).toEqual([false, false])
  take(50)
  expect(await orders()).toEqual([hold, release, hold, 'stop'])
})

test('it is never held where batches come no faster', async () => {
  const { orders, take } = setUp(() => false)
  for (let batch = 0; batch < 15; batch++) take(10)
  expect(await orders()).toEqual(['stop'])
})
