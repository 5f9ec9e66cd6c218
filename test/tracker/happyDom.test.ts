// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import type { Batch } from '../../src/model/index.ts'
import { createTracker } from '../../src/tracker/index.ts'

test('in the tests of an app that run in happy-dom a tracker works, in memory, and stops', async () => {
  const batches: Batch[] = []
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string | Blob }) => {
    batches.push(JSON.parse(typeof body === 'string' ? body : await body.text()) as Batch)
    return new Response(JSON.stringify({ accepted: 1, duplicates: 0, rejected: [] }))
  })
  const errors = vi.spyOn(console, 'error')
  document.title = 'Cart'
  const tracker = createTracker({ site: 'shop', collector: 'https://collect.example.com' })
  tracker.track('order_completed', { total: 49.9 })
  expect(await tracker.session()).toMatchObject({ eventCount: 2, pageviewCount: 1, lastPage: { title: 'Cart' } })
  await tracker.flush()
  expect(batches.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['pageview', 'custom'])
  tracker.stop()
  tracker.track('ignored')
  expect(errors).not.toHaveBeenCalled()
})
