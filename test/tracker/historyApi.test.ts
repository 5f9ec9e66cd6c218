import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

type Method = (this: unknown, ...args: unknown[]) => unknown
type HistoryLike = Record<'pushState' | 'replaceState', Method>

/** A browser without the Navigation API. Its methods stand where they do in browsers: on the prototype. */
const setUp = async () => {
  const { open, run, collector } = await createTestPlatform()
  const tab = open({ navigationApi: false })
  const native = tab.window.history as HistoryLike
  const calls: { self: unknown; args: unknown[] }[] = []
  const methodOf = (name: keyof HistoryLike): Method =>
    function (...args) {
      calls.push({ self: this, args })
      native[name](...args)
      return `${name} was called`
    }
  const prototype: HistoryLike = { pushState: methodOf('pushState'), replaceState: methodOf('replaceState') }
  const history = Object.create(prototype) as HistoryLike
  Object.assign(tab.window, { history, History: { prototype } })
  const seen = async (): Promise<string[]> => {
    await run(10_000)
    return collector.of('pageview').map(({ page }) => new URL(page!.url).pathname)
  }
  return { tab, run, prototype, history, calls, seen }
}

test('a router finds the History API as it was: what it returns, whose it is, and what it is called with', async () => {
  const { tab, run, history, prototype, calls, seen } = await setUp()
  const before = Object.getOwnPropertyDescriptor(prototype, 'pushState')!
  const { name, length } = before.value as Method
  tab.start()
  await run(100)
  const state = { key: 1 }
  expect(history.pushState(state, '', '/shoes')).toBe('pushState was called')
  expect(calls).toEqual([{ self: history, args: [state, '', '/shoes'] }])
  expect(calls[0]!.self).toBe(history)
  expect(calls[0]!.args[0]).toBe(state)
  const after = Object.getOwnPropertyDescriptor(prototype, 'pushState')!
  expect({ ...after, value: undefined }).toEqual({ ...before, value: undefined })
  expect([(after.value as Method).name, (after.value as Method).length]).toEqual([name, length])
  expect(Object.keys(history)).toEqual([])
  expect(await seen()).toEqual(['/', '/shoes'])
})

test('what a method throws the router is told', async () => {
  const { tab, run, history, prototype } = await setUp()
  prototype.pushState = () => {
    throw new DOMException('refused', 'SecurityError')
  }
  tab.start()
  await run(100)
  expect(() => history.pushState(null, '', 'https://elsewhere.example.com/')).toThrow('refused')
})

test.each(['history', 'prototype'] as const)('another script that has patched the %s before is called, and so are we', async where => {
  const { tab, run, history, prototype, seen } = await setUp()
  const told: unknown[] = []
  const original = history.pushState
  const owner = { history, prototype }[where]
  owner.pushState = function (...args) {
    told.push(args[2])
    return original.apply(this, args)
  }
  tab.start()
  await run(100)
  expect(history.pushState(null, '', '/shoes')).toBe('pushState was called')
  expect([told, await seen()]).toEqual([['/shoes'], ['/', '/shoes']])
})

test.each(['history', 'prototype'] as const)('another script that patches the %s later is called, and so are we', async where => {
  const { tab, run, history, prototype, seen } = await setUp()
  tab.start()
  await run(100)
  const told: unknown[] = []
  const ours = history.pushState
  const owner = { history, prototype }[where]
  owner.pushState = function (...args) {
    told.push(args[2])
    return ours.apply(this, args)
  }
  history.pushState(null, '', '/shoes')
  expect([told, await seen()]).toEqual([['/shoes'], ['/', '/shoes']])
})

test('a script that takes its patch off again breaks nothing', async () => {
  const { tab, run, history, prototype, seen } = await setUp()
  const original = prototype.pushState
  prototype.pushState = (...args) => original.apply(history, args)
  tab.start()
  await run(100)
  prototype.pushState = original
  history.pushState(null, '', '/shoes')
  history.replaceState(null, '', '/boots')
  expect(await seen()).toEqual(['/', '/boots'])
})

test('a history that the page has frozen is left alone, and the rest works', async () => {
  const { tab, run, history, prototype, seen } = await setUp()
  Object.freeze(prototype)
  const tracker = tab.start()
  await run(100)
  expect(history.pushState(null, '', '/shoes')).toBe('pushState was called')
  tab.back('/boots')
  await run(1000)
  tracker.track('step')
  expect([await seen(), tab.errors(), tab.uncaught]).toEqual([['/', '/boots'], [], []])
})

test('after stop the router goes on, and nothing is counted', async () => {
  const { tab, run, history, calls, seen } = await setUp()
  const tracker = tab.start()
  await run(1000)
  tracker.stop()
  expect(history.pushState(null, '', '/shoes')).toBe('pushState was called')
  expect([calls.length, await seen()]).toEqual([1, ['/']])
})

test('a navigation before the History API is followed counts, too', async () => {
  const { tab, history, seen } = await setUp()
  tab.start()
  history.pushState(null, '', '/shoes')
  expect(await seen()).toEqual(['/', '/shoes'])
})
