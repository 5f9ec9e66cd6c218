import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { batchOf, opening } from './batches.ts'
import { createTestEndpoint } from './createTestEndpoint.ts'

const body = JSON.stringify(batchOf())
const room = body.length * 3

/** An endpoint with room for three batches, whose log keeps nothing until it is let. */
const setUp = (maxBacklog = room) => {
  const memory = createMemoryEventLog()
  let open = (): void => undefined
  const gate = new Promise<void>(resolve => (open = resolve))
  let asked = 0
  let onAsked = (): void => undefined
  const endpoint = createTestEndpoint({
    maxBacklog,
    log: {
      ...memory,
      append: async received => {
        asked++
        onAsked()
        await gate
        return memory.append(received)
      },
    },
  })
  onTestFinished(() => endpoint.app.close())
  return {
    post: endpoint.post,
    memory,
    release: () => open(),
    /** Resolves when so many batches wait for the log. */
    waiting: (count: number) => new Promise<void>(resolve => {
      onAsked = () => asked >= count && resolve()
      onAsked()
    }),
  }
}

test('while the log is slow, as much waits as there is room for; the others are told to come later', async () => {
  const { post, memory, release, waiting } = setUp()
  const accepted = [post(body), post(body), post(body)]
  await waiting(3)
  const refused = await post(body)
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['retry-after']).toBe('2')
  expect(refused.json()).toMatchObject({ code: 'busy' })
  release()
  expect((await Promise.all(accepted)).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect((await post(body)).statusCode).toBe(200)
  expect(memory.last()).toBe(4)
})

test('what counts is what a body takes when it is unpacked', async () => {
  const events = Array.from({ length: 100 }, (_, n) => opening(n))
  const large = JSON.stringify(batchOf({}, events))
  const { post, release, waiting } = setUp(large.length * 1.5)
  const packed = gzipSync(large)
  expect(packed.length * 2).toBeLessThan(large.length)
  const first = post(packed)
  await waiting(1)
  expect((await post(packed)).statusCode).toBe(503)
  release()
  expect((await first).statusCode).toBe(200)
})

test('what is refused leaves its room to others', async () => {
  const { post, release } = setUp()
  for (let n = 0; n < 9; n++) expect((await post('{"v":1}')).statusCode).toBe(400)
  release()
  expect((await post(body)).statusCode).toBe(200)
})
