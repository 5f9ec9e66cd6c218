import { PassThrough } from 'node:stream'
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import { createBodyReader } from '../../../src/collector/http/createBodyReader.ts'

const options = { maxBytes: 10, maxBytesInFlight: 16, timeout: 1000 }

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'read',
    (error: { code: string }) => error.code,
  )

test('reads what arrives in pieces', async () => {
  const { read, bytesInFlight } = createBodyReader(options)
  const stream = new PassThrough()
  const reading = read(stream)
  stream.write('hello')
  stream.end('there')
  const { bytes, release } = await reading
  expect(bytes.toString()).toBe('hellothere')
  expect(bytesInFlight()).toBe(10)
  release()
  release()
  expect(bytesInFlight()).toBe(0)
})

test('takes little more memory than a body has bytes, in however small pieces it comes', async () => {
  v8.setFlagsFromString('--expose-gc')
  const gc = vm.runInNewContext('gc') as () => void
  const used = (): number => {
    gc()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const { read } = createBodyReader({ ...options, maxBytes: 100_000, maxBytesInFlight: 100_000 })
  const stream = new PassThrough()
  const reading = read(stream)
  const before = used()
  for (let i = 0; i < 100_000; i++) stream.emit('data', Buffer.from(new Uint8Array([i % 251])))
  expect(used() - before).toBeLessThan(2_000_000)
  stream.end()
  expect((await reading).bytes).toEqual(Buffer.from(Uint8Array.from({ length: 100_000 }, (_, i) => i % 251)))
})

test('refuses a byte too many, and lets the sender finish', async () => {
  const { read, bytesInFlight } = createBodyReader(options)
  const stream = new PassThrough()
  const reading = codeOf(read(stream))
  stream.write('x'.repeat(11))
  expect(bytesInFlight()).toBe(0)
  stream.end('x'.repeat(11))
  expect(await reading).toBe('batch-too-large')
})

test('answers at once who does not come to an end', async () => {
  const { read } = createBodyReader(options)
  const stream = new PassThrough()
  const reading = codeOf(read(stream))
  stream.write('x'.repeat(81))
  expect(await reading).toBe('batch-too-large')
})

test('refuses a body that trickles', async () => {
  const { read, bytesInFlight } = createBodyReader({ ...options, timeout: 5 })
  const stream = new PassThrough()
  stream.write('x')
  expect(await codeOf(read(stream))).toBe('body-too-slow')
  expect(bytesInFlight()).toBe(0)
})

test('refuses a body that is cut off', async () => {
  const { read, bytesInFlight } = createBodyReader(options)
  const stream = new PassThrough()
  const reading = codeOf(read(stream))
  stream.write('x')
  stream.destroy()
  expect(await reading).toBe('invalid-request')
  expect(bytesInFlight()).toBe(0)
})

test('turns bodies away while there are too many', async () => {
  const { read } = createBodyReader(options)
  const [first, second] = [new PassThrough(), new PassThrough()]
  const held = read(first)
  first.end('x'.repeat(10))
  const { release } = await held
  const refused = codeOf(read(second))
  second.end('x'.repeat(7))
  expect(await refused).toBe('busy')
  release()
  const third = new PassThrough()
  const taken = read(third)
  third.end('x'.repeat(7))
  expect((await taken).bytes).toHaveLength(7)
})
