import { expect, test } from 'vitest'
import type { Trouble } from '../../src/tracker/emitter.ts'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import type { Tracker } from '../../src/tracker/tracker.ts'
import { createTestPlatform } from './createTestPlatform.ts'

/** A page whose calls may pass anything. */
type Careless = { [K in keyof Tracker]: (...args: unknown[]) => unknown }

const setUp = async (options: Partial<TrackerOptions> = {}) => {
  const platform = await createTestPlatform()
  const tab = platform.open()
  const tracker = tab.start(options)
  const errors: Trouble[] = []
  tracker.on('error', error => errors.push(error))
  return {
    ...platform,
    tab,
    errors,
    tracker: tracker as Careless,
    customs: () => platform.collector.of('custom').map(({ eventName, attributes }) => [eventName, attributes]),
  }
}

const trap = (): never => {
  throw new Error('trapped')
}
const cyclic = (): object => {
  const ring: { self?: object; total: number } = { total: 1 }
  ring.self = ring
  return ring
}
const getter = (): object => Object.defineProperty({ total: 1 }, 'trap', { enumerable: true, get: trap })
const hostile = new Proxy({}, { get: trap, ownKeys: trap, has: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap })

test.each<[string, () => unknown]>([
  ['cyclic', cyclic],
  ['with a getter that throws', getter],
  ['a Proxy that throws', () => hostile],
  ['with a toJSON that throws', () => ({ toJSON: trap, total: 1 })],
  ['with functions, symbols and big numbers', () => ({ a: trap, b: Symbol('b'), c: 1n, d: new Map(), e: Number.NaN, f: Infinity, total: 1 })],
  ['with names of the prototype', () => JSON.parse('{"__proto__":{"x":1},"constructor":"c","total":1}') as object],
  ['without a prototype', () => Object.assign(Object.create(null) as object, { total: 1 })],
  ['a class instance', () => new (class { total = 1 })()],
  ['a frozen object', () => Object.freeze({ total: 1 })],
  ['text', () => 'abc'],
  ['a number', () => 7],
  ['null', () => null],
  ['a function', () => trap],
  ['a list', () => [1, 2]],
])('attributes that are %s neither throw nor keep other events from arriving', async (_, make) => {
  const { run, tracker, tab, customs } = await setUp()
  tracker.track('before')
  tracker.track('odd', make())
  tracker.pageview(undefined, make())
  tracker.screenview('Cart', make())
  tracker.identify('c-1', { traits: make() })
  tracker.track('after')
  await run(20_000)
  const names = customs().map(([name]) => name)
  expect([names[0], names.at(-1)]).toEqual(['before', 'after'])
  expect([tab.uncaught, tab.errors()]).toEqual([[], []])
})

test('of the attributes of an event the good ones are kept, and what was left out is named', async () => {
  const { run, tracker, customs, errors } = await setUp()
  tracker.track('order_completed', { total: 49.9, skus: ['a', 'b'], paid: true, at: new Date(0), nothing: null, gone: undefined, nested: { a: 1 }, mixed: ['a', {}] })
  await run(10_000)
  expect(customs()).toEqual([['order_completed', { total: 49.9, skus: ['a', 'b'], paid: true, at: '1970-01-01T00:00:00.000Z' }]])
  expect(errors.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
    ['argument', 'attribute nested'],
    ['argument', 'attribute mixed'],
  ])
})

test.each([undefined, null, '', 'with space', 'umläut', 'x'.repeat(256), 7, {}, Symbol('s'), trap, hostile])('an event named %# is refused and told', async name => {
  const { run, tracker, customs, errors, tab } = await setUp()
  tracker.track(name)
  await run(10_000)
  expect([customs(), tab.uncaught]).toEqual([[], []])
  expect(errors).toHaveLength(1)
})

test.each([undefined, null, '', 7, {}, 'x'.repeat(256)])('a screen and an id that are %# are refused and told', async name => {
  const { run, tracker, collector, errors } = await setUp()
  tracker.screenview(name)
  tracker.identify(name)
  await run(10_000)
  expect(collector.events().map(({ type }) => type)).toEqual(['pageview'])
  expect(errors.map(({ code }) => code)).toEqual(['argument', 'argument'])
})

test.each<[string, unknown[]]>([
  ['null', [null]],
  ['a number', [7]],
  ['a page without address', [{ url: null }]],
  ['a page with a number for an address', [{ url: 7 }]],
  ['a Proxy that throws', [hostile]],
])('a pageview of %s does not throw', async (_, args) => {
  const { run, tracker, tab, customs } = await setUp()
  tracker.pageview(...args)
  tracker.track('after')
  await run(10_000)
  expect([customs().map(([name]) => name), tab.uncaught, tab.errors()]).toEqual([['after'], [], []])
})

test.each([undefined, 'nothing', '__proto__', 7])('listening to an event that does not exist (%#) does no harm', async name => {
  const { run, tracker, customs, tab } = await setUp()
  tracker.on(name, () => {})
  tracker.track('after')
  await run(10_000)
  expect([customs().map(([name]) => name), tab.uncaught, tab.errors()]).toEqual([['after'], [], []])
})

test.each([undefined, 'text', {}])('listening with what is no function (%o) is refused and told', async handler => {
  const { run, tracker, errors } = await setUp()
  const off = tracker.on('idle', handler) as () => void
  off()
  await run(1000)
  expect(errors).toEqual([{ code: 'argument', message: expect.stringMatching(/^on: expected .*idle.*function/) as string }])
})

test('a middleware that throws drops its event, and is told once', async () => {
  const { run, tracker, customs, errors, tab } = await setUp({
    middleware: event => {
      if ('eventName' in event && event.eventName === 'bad') throw new Error('my mistake')
      return event
    },
  })
  tracker.track('bad')
  tracker.track('good')
  tracker.track('bad')
  await run(10_000)
  expect([customs().map(([name]) => name), tab.uncaught]).toEqual([['good'], []])
  expect(errors).toEqual([{ code: 'internal', message: expect.stringContaining('Error: my mistake') as string }])
})

test('a middleware that returns what cannot be stored drops its event, and is told', async () => {
  const { run, tracker, customs, errors, tab } = await setUp({
    middleware: event => ('eventName' in event && event.eventName === 'bad' ? Object.assign(event, { attributes: { amount: 10n } }) : event),
  })
  tracker.track('bad')
  tracker.track('good')
  tracker.track('bad')
  await run(10_000)
  expect([customs().map(([name]) => name), tab.uncaught]).toEqual([['good'], []])
  const trouble = { code: 'internal', message: expect.stringContaining('BigInt') as string }
  expect(errors).toEqual([trouble, trouble])
})

test.each([
  [
    'throws',
    () => {
      throw new Error('my mistake')
    },
  ],
  ['promises, and rejects', () => Promise.reject(new Error('my mistake'))],
])('a handler that %s keeps nobody else from hearing, and is told once', async (_, handler) => {
  const { run, tracker, errors, tab } = await setUp()
  const heard: unknown[] = []
  tracker.on('delivered', handler)
  tracker.on('delivered', (result: unknown) => heard.push(result))
  await run(10_000)
  tracker.track('again')
  await run(10_000)
  expect([heard.length, tab.uncaught, errors]).toEqual([2, [], [{ code: 'internal', message: expect.stringContaining('Error: my mistake') as string }]])
})

test('an error handler that throws neither loops nor reaches the page', async () => {
  const { run, tracker, tab } = await setUp()
  let calls = 0
  tracker.on('error', () => {
    calls++
    throw new Error(`my mistake ${calls}`)
  })
  tracker.track('not a name')
  await run(1000)
  expect([calls > 0, calls < 20, tab.uncaught]).toEqual([true, true, []])
})

test('a page that takes its console away still works', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  tab.window.console = undefined
  tab.start({ debug: false }).track('step')
  await run(10_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('a page that changes the prototypes of objects and lists does not change events', async () => {
  const { run, tracker, customs, tab } = await setUp()
  const added = Object.assign(Object.prototype, { surprise: 1 }) as { surprise?: number }
  try {
    tracker.track('step', { total: 1 })
    await run(10_000)
  } finally {
    delete added.surprise
  }
  expect([customs(), tab.uncaught]).toEqual([[['step', { total: 1 }]], []])
})
