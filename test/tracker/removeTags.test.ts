// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { removeTags } from '../../src/tracker/autotrack/removeTags.ts'
import { toStoredUrl } from '../../src/model/index.ts'

const excludedQueryParameters = ['utm_source', 'utm_medium', 'gclid', 'a.b']
const site = location.origin

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A page whose tracker delivers when it is told to. */
const setUp = (path: string, { keepFragment, names = excludedQueryParameters, shortId }: { keepFragment?: boolean; names?: string[]; shortId?: string } = {}) => {
  history.replaceState(null, '', path)
  let deliver = (): void => undefined
  const flush = vi.fn(async () => undefined)
  const isSeen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  const stop = removeTags({ excludedQueryParameters: names, keepFragment })({
    flush,
    shortId: () => (shortId ? Promise.resolve(shortId) : new Promise(() => undefined)),
    on: (name, handler) => {
      if (name === 'delivered') deliver = handler as () => void
      return () => (deliver = () => undefined)
    },
  })
  return { deliver: () => deliver(), flush, isSeen, stop, path: () => location.href.slice(site.length) }
}

test.each([
  ['/?utm_source=a&utm_medium=b', '/'],
  ['/lamps?color=red&utm_source=a&size=2', '/lamps?color=red&size=2'],
  ['/lamps?q=a%20b&gclid=1#reviews', '/lamps?q=a+b#reviews'],
  ['/#utm_source=a&utm_medium=b', '/'],
  ['/#/lamps?utm_source=a&x=1&utm_medium=b&gclid=2', '/#/lamps?x=1'],
  ['/#/lamps?utm_source=a', '/#/lamps'],
  ['/?utm_source=a#x=1&gclid=2', '/#x=1'],
  ['/?a.b=1&aXb=2', '/?aXb=2'],
])('%s becomes %s, and is the same page', async (given, expected) => {
  const { deliver, path } = setUp(given)
  deliver()
  await vi.runAllTimersAsync()
  expect(path()).toBe(expected)
  expect(toStoredUrl(site + given, { excludedQueryParameters })).toBe(toStoredUrl(site + expected, { excludedQueryParameters }))
})

test('what was delivered before it started counts', async () => {
  const { path } = setUp('/?utm_source=a', { shortId: '4711' })
  await vi.runAllTimersAsync()
  expect(path()).toBe('/')
})

test('once stopped it removes nothing', async () => {
  const { path, stop } = setUp('/?utm_source=a', { shortId: '4711' })
  stop()
  await vi.runAllTimersAsync()
  expect(path()).toBe('/?utm_source=a')
})

test.each([
  ['an address without tags', '/lamps?q=a%20b', {}],
  ['what follows the # where it tells pages apart', '/#utm_source=a', { keepFragment: true }],
  ['tags that are not excluded', '/?utm_source=a', { names: [] }],
  ['a very long address, which is kept in another way', `/?x=${'y'.repeat(4096)}&utm_source=a`, {}],
])('%s stays', async (_, given, options) => {
  const { deliver, path, flush } = setUp(given, options)
  deliver()
  await vi.runAllTimersAsync()
  expect(path()).toBe(given)
  expect(flush).not.toHaveBeenCalled()
})

test('the history entry keeps its state', async () => {
  const { deliver } = setUp('/?utm_source=a')
  history.replaceState({ key: 'k' }, '')
  const replace = vi.spyOn(history, 'replaceState')
  deliver()
  await vi.runAllTimersAsync()
  expect(replace.mock.calls).toEqual([[{ key: 'k' }, '', `${site}/`]])
})

test('tags stay until something has been delivered, and the page is in the outbox', async () => {
  const { deliver, flush, path } = setUp('/?utm_source=a')
  await vi.runAllTimersAsync()
  expect(path()).toBe('/?utm_source=a')
  let resolve = (): void => undefined
  flush.mockReturnValue(new Promise<undefined>(settle => (resolve = () => settle(undefined))))
  deliver()
  await vi.runAllTimersAsync()
  expect(path()).toBe('/?utm_source=a')
  resolve()
  await vi.runAllTimersAsync()
  expect(path()).toBe('/')
})

test('tags of a page that was not seen yet, or is another one by then, stay', async () => {
  const { deliver, isSeen, path } = setUp('/?utm_source=a')
  isSeen.mockReturnValue('hidden')
  deliver()
  isSeen.mockReturnValue('visible')
  await vi.runAllTimersAsync()
  expect(path()).toBe('/?utm_source=a')
  deliver()
  history.pushState(null, '', '/next?utm_source=b')
  await vi.runAllTimersAsync()
  expect(path()).toBe('/next?utm_source=b')
})

test('nothing is removed after the stop', async () => {
  const { deliver, stop, path } = setUp('/?utm_source=a')
  stop()
  deliver()
  await vi.runAllTimersAsync()
  expect(path()).toBe('/?utm_source=a')
})
