import { expect, test } from 'vitest'
import { createTestPlatform } from '../createTestPlatform.ts'
import type { Trouble } from '../../../src/tracker/emitter.ts'
import type { TrackerOptions } from '../../../src/tracker/options.ts'
import type { TabOptions } from '../platform/tab.ts'
import { toRefusal } from '../platform/toRefusal.ts'

/** A page whose session is known to the collector, and the errors that its handlers were told. */
const setUp = async (options: Partial<TrackerOptions> = {}, tab: TabOptions = {}) => {
  const platform = await createTestPlatform()
  const tracker = platform.open(tab).start(options)
  const errors: Trouble[] = []
  tracker.on('error', error => errors.push(error))
  await platform.run(20_000)
  platform.collector.requests.length = 0
  return { ...platform, tracker, errors, sentAt: () => platform.collector.requests.map(({ elapsed }) => elapsed - 20_000) }
}

test('events that happen within five seconds share a request', async () => {
  const { run, tracker, collector, sentAt } = await setUp()
  for (let i = 0; i < 4; i++) {
    tracker.track('step')
    await run(1000)
  }
  await run(20_000)
  expect(sentAt()).toEqual([5000])
  expect(collector.requests[0]!.batch.events).toHaveLength(4)
})

test('what happens while a request is under way waits for others, and does not follow it alone', async () => {
  const { run, tracker, collector, sentAt } = await setUp()
  for (let i = 0; i < 400; i++) {
    tracker.track('step')
    await run(40)
  }
  await run(20_000)
  expect(collector.of('custom')).toHaveLength(400)
  expect(sentAt()).toHaveLength(4)
})

test('what happens while the first request after a failure is under way is sent, too', async () => {
  const { run, tracker, collector, sentAt } = await setUp()
  collector.answer = () => 'unreachable'
  tracker.track('first')
  await run(5500)
  collector.answer = () => 'accept'
  collector.latency = 1000
  // The second attempt is under way.
  while (sentAt().length < 2) await run(100)
  tracker.track('second')
  await run(20_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['first', 'second'])
})

test('the first events of a session go out soon, and ask for a short id', async () => {
  const { run, open, collector } = await createTestPlatform()
  open().start()
  await run(20_000)
  expect(collector.requests.map(({ elapsed, batch }) => [elapsed < 1000, batch.wait! > 0])).toEqual([[true, true]])
})

test('a batch whose session has its short id asks for none', async () => {
  const { run, tracker, collector } = await setUp()
  tracker.track('step')
  await run(10_000)
  expect(collector.requests.map(({ batch }) => batch.wait)).toEqual([undefined])
})

test('the delay and the size of batches can be configured', async () => {
  const { run, tracker, collector, sentAt } = await setUp({ batch: { maxDelayMs: 1500, maxEvents: 3 } })
  for (let i = 0; i < 7; i++) tracker.track('step')
  await run(20_000)
  expect(sentAt()[0]).toBe(1500)
  expect(collector.requests.map(({ batch }) => batch.events.length)).toEqual([3, 3, 1])
})

test('a batch stays within its bytes', async () => {
  const { run, tracker, collector } = await setUp({ batch: { maxBytes: 10_000 } })
  for (let i = 0; i < 20; i++) tracker.track('step', { text: 'x'.repeat(1500) })
  await run(20_000)
  expect(collector.of('custom')).toHaveLength(20)
  expect(Math.max(...collector.requests.map(({ bytes }) => bytes))).toBeLessThan(11_000)
})

test('what flush has sent is not looked for again', async () => {
  const { run, tracker, collector, origin } = await setUp()
  const before = origin.lockRequests()
  tracker.track('step')
  await run(1000)
  void tracker.flush()
  await run(20_000)
  expect(collector.of('custom')).toHaveLength(1)
  expect(origin.lockRequests() - before).toBe(1)
})

test('flush sends at once and resolves when that was tried', async () => {
  const { run, tracker, collector } = await setUp()
  tracker.track('now')
  let isDone = false
  void tracker.flush().then(() => (isDone = true))
  await run(20)
  expect([collector.requests.length, isDone]).toEqual([1, false])
  await run(20)
  expect(isDone).toBe(true)
})

test('the pauses between attempts grow to minutes', async () => {
  const { run, tracker, collector, sentAt } = await setUp({}, { random: () => 0.999 })
  collector.answer = () => 'unreachable'
  tracker.track('step')
  await run(3_600_000)
  const pauses = sentAt().map((at, i, all) => at - (all[i - 1] ?? 0)).slice(1)
  expect(pauses.slice(0, 8).every((pause, i) => pause > (pauses[i - 1] ?? 0))).toBe(true)
  expect(Math.max(...pauses)).toBeLessThan(190_000)
  expect(collector.requests.length).toBeLessThan(40)
})

test('the pauses of pages that fail together differ', async () => {
  const firstRetry = async (random: number): Promise<number> => {
    const { run, tracker, collector, sentAt } = await setUp({}, { random: () => random })
    collector.answer = () => ({ status: 503 })
    tracker.track('step')
    await run(60_000)
    return sentAt()[1]!
  }
  const retries = [await firstRetry(0), await firstRetry(0.5), await firstRetry(0.9)]
  expect(new Set(retries).size).toBe(3)
  expect(Math.min(...retries)).toBeGreaterThan(5900)
})

test.each([429, 500, 503])('after %i nothing is sent before Retry-After is over', async status => {
  const { clock, run, tracker, collector, sentAt } = await setUp()
  const until = clock.elapsed() + 5000 + 120_000
  collector.answer = () => (clock.elapsed() < until ? { status, retryAfter: 120 } : 'accept')
  tracker.track('step')
  await run(5500)
  for (let i = 0; i < 100; i++) {
    tracker.track('more')
    await run(1000)
  }
  expect(sentAt()).toEqual([5000])
  await run(60_000)
  expect(collector.of('custom')).toHaveLength(101)
})

test('Retry-After may be a date', async () => {
  const { clock, run, tracker, collector, sentAt } = await setUp()
  collector.answer = () => ({ status: 503, retryAfter: new Date(clock.now() + 60_000).toUTCString() })
  tracker.track('step')
  await run(64_000)
  expect(sentAt()).toEqual([5000])
  await run(5000)
  expect(sentAt()).toHaveLength(2)
})

test('after a success the pauses start anew', async () => {
  const { run, tracker, collector, sentAt } = await setUp({}, { random: () => 0.999 })
  collector.answer = () => 'unreachable'
  tracker.track('step')
  await run(600_000)
  collector.answer = () => 'accept'
  await run(600_000)
  collector.requests.length = 0
  collector.answer = () => 'unreachable'
  tracker.track('step')
  await run(9000)
  // At once, because the visitor came back, then after pauses of about 3 and 5 seconds.
  expect(sentAt()).toHaveLength(3)
})

test('batches are halved on 413 until they fit, and nothing is lost', async () => {
  const { run, tracker, collector } = await setUp()
  collector.answer = batch => (batch.events.length > 6 ? { status: 413 } : 'accept')
  for (let i = 0; i < 40; i++) tracker.track('step', { i })
  await run(60_000)
  expect(collector.of('custom').map(({ attributes }) => attributes!.i)).toEqual(Array.from({ length: 40 }, (_, i) => i))
})

test('an event that alone is too large is dropped and told, and the others arrive', async () => {
  const { run, tracker, collector, errors } = await setUp()
  collector.answer = (_, { bytes }) => (bytes > 8000 ? { status: 413 } : 'accept')
  for (let i = 0; i < 5; i++) tracker.track('step', { i, text: 'x'.repeat(i === 2 ? 8192 : 10) })
  await run(60_000)
  expect(collector.of('custom').map(({ attributes }) => attributes!.i)).toEqual([0, 1, 3, 4])
  expect(errors.map(({ code }) => code)).toEqual(['tooLarge'])
})

/** What a proxy says while the collector is not there. */
const page = '<html>The service is being updated</html>'
const refusals = ['malformed-json', 'no-valid-event', 'unknown-site', 'origin-not-allowed', 'unsupported-media-type'] as const

test.each<[name: string, answer: { status: number; body: string }]>([
  ...refusals.map((code): [string, { status: number; body: string }] => [code, toRefusal(code)]),
  ['400 of a proxy', { status: 400, body: page }],
  ['403 of a firewall', { status: 403, body: page }],
])('events that are refused, %s, are dropped and told, and later ones are tried', async (_name, answer) => {
  const { run, tracker, collector, errors } = await setUp()
  collector.answer = () => answer
  tracker.track('refused')
  await run(60_000)
  expect([collector.requests.length, errors.map(({ code }) => code)]).toEqual([1, ['refused']])
  collector.answer = () => 'accept'
  tracker.track('taken')
  await run(10_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['taken'])
})

test.each([401, 404, 405, 407])('events that somebody else answers with %i are kept and sent again', async status => {
  const { run, tracker, collector, errors } = await setUp()
  collector.answer = () => ({ status, body: page })
  tracker.track('kept')
  await run(10_000)
  expect(errors.map(({ code }) => code)).toEqual(['unreachable'])
  collector.answer = () => 'accept'
  await run(60_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test.each([408, 425, 429, 500, 502, 503])('events answered with %i are kept and sent again', async status => {
  const { run, tracker, collector } = await setUp()
  collector.answer = () => ({ ...toRefusal('busy'), status })
  tracker.track('kept')
  await run(10_000)
  collector.answer = () => 'accept'
  await run(60_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('an answer of somebody else with status 200 acknowledges nothing', async () => {
  const { run, tracker, collector } = await setUp()
  collector.answer = () => ({ status: 200, body: '<html>Please log in to the network</html>' })
  tracker.track('kept')
  await run(10_000)
  collector.answer = () => 'accept'
  await run(60_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('a collector that never answers counts as gone after 30 seconds', async () => {
  const { run, tracker, collector } = await setUp()
  collector.answer = () => 'hang'
  tracker.track('kept')
  await run(34_000)
  expect(collector.requests).toHaveLength(1)
  collector.answer = () => 'accept'
  await run(10_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('a collector that is gone is told once, until it was back', async () => {
  const { run, tracker, collector, errors } = await setUp()
  collector.answer = () => 'unreachable'
  tracker.track('step')
  await run(600_000)
  expect(errors.map(({ code }) => code)).toEqual(['unreachable'])
  collector.answer = () => 'accept'
  await run(600_000)
  collector.answer = () => 'unreachable'
  tracker.track('step')
  await run(60_000)
  expect(errors.map(({ code }) => code)).toEqual(['unreachable', 'unreachable'])
})

test('events that the collector rejected one by one are told and not sent again', async () => {
  const { run, tracker, collector, errors } = await setUp()
  collector.answer = ({ events }) => ({ status: 200, body: JSON.stringify({ accepted: 0, duplicates: 0, rejected: [{ id: events[0]!.id, reason: 'bad' }] }) })
  tracker.track('bad')
  await run(60_000)
  expect([collector.requests.length, errors]).toEqual([1, [{ code: 'rejected', message: expect.stringContaining('bad') as string }]])
})

test('each acknowledged batch is told', async () => {
  const { run, tracker } = await setUp()
  const told: number[] = []
  tracker.on('delivered', ({ accepted }) => told.push(accepted))
  tracker.track('one')
  tracker.track('two')
  await run(10_000)
  tracker.track('three')
  await run(10_000)
  expect(told).toEqual([2, 1])
})

test('a collector that has no short id to give is not asked for it with each event', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.shortIds = false
  const tracker = open().start()
  for (let i = 0; i < 100; i++) {
    tracker.track('step')
    await run(100)
  }
  await run(10_000)
  expect(collector.of('custom')).toHaveLength(100)
  // One at once, and then one in five seconds.
  expect(collector.requests.length).toBeLessThanOrEqual(5)
})
