import { expect, test } from 'vitest'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import { createTestPlatform } from './createTestPlatform.ts'

/** Starts with options that a page without types could pass; tells what the console says, and whether anything was sent. */
const startWith = async (options: object) => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start(options as Partial<TrackerOptions>)
  tracker.track('step')
  await run(10_000)
  return { tab, errors: tab.errors(), requests: collector.requests.length }
}

test.each<[string, object]>([
  ['site', { site: undefined }],
  ['site', { site: '' }],
  ['site', { site: 7 }],
  ['collector', { collector: 'collect.example.com' }],
  ['collector', { collector: 'ftp://collect.example.com' }],
  ['type', { type: null }],
  ['namespace', { app: { name: 'Shop' } }],
  ['idleAfterSeconds', { idleAfterSeconds: '60' }],
  ['awayAfterSeconds', { awayAfterSeconds: 0 }],
  ['leaveGraceSeconds', { leaveGraceSeconds: -1 }],
  ['sessionTimeoutSeconds', { sessionTimeoutSeconds: Number.NaN }],
  ['sessionMaxSeconds', { sessionMaxSeconds: null }],
  ['newSessionOnCampaign', { newSessionOnCampaign: 'no' }],
  ['campaign', { campaign: 'utm' }],
  ['searchParameters', { searchParameters: 'q' }],
  ['excludedQueryParameters', { excludedQueryParameters: [1] }],
  ['keepFragment', { keepFragment: 1 }],
  ['autotrack', { autotrack: 'clicks' }],
  ['maxEvents', { batch: { maxEvents: 0 } }],
  ['consent', { consent: 'yes' }],
  ['honorGlobalPrivacyControl', { honorGlobalPrivacyControl: 'true' }],
  ['anonymous', { anonymous: 0 }],
  ['middleware', { middleware: {} }],
  ['debug', { debug: 'yes' }],
])('a wrong %s (%o) is named in one message with what was expected, and nothing starts', async (name, options) => {
  const { tab, errors, requests } = await startWith(options)
  expect(errors).toEqual([expect.stringMatching(new RegExp(`^Sojourn did not start\\. .*${name}.*: expected `)) as string])
  expect([requests, tab.listeners(), tab.uncaught]).toEqual([0, 0, []])
})

test.each([
  ['idleAfterSecond', 'idleAfterSeconds'],
  ['idleafterseconds', 'idleAfterSeconds'],
  ['sites', 'site'],
  ['colector', 'collector'],
  ['excludeQueryParameters', 'excludedQueryParameters'],
  ['midleware', 'middleware'],
  ['honourGlobalPrivacyControl', 'honorGlobalPrivacyControl'],
])('a likely typo is answered: %s means %s', async (typo, meant) => {
  const { errors, requests } = await startWith({ [typo]: 'x' })
  expect([errors, requests]).toEqual([[`Sojourn did not start. ${typo}: unknown option, did you mean ${meant}?`], 0])
})

test('an unknown option that resembles none is named without a guess', async () => {
  const { errors } = await startWith({ zzz: 1 })
  expect(errors).toEqual(['Sojourn did not start. zzz: unknown option'])
})

test('several wrong options are named in one message', async () => {
  const { errors } = await startWith({ debug: 1, consent: 2 })
  expect(errors).toEqual([expect.stringMatching(/(consent|debug): .*; (consent|debug): /) as string])
})

test.each([undefined, null, 'shop', 7, []])('options that are %o are none', async options => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  tab.startWith(options)
  await run(10_000)
  expect([tab.errors(), collector.requests]).toEqual([[expect.stringContaining('Sojourn did not start.')], []])
})

test('an option that is undefined counts as left out', async () => {
  const { errors, requests } = await startWith({ type: undefined, middleware: undefined })
  expect([errors, requests]).toEqual([[], 1])
})

test('a tracker that did not start answers like one, and does nothing', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open().start({ debug: 'yes' as never })
  tracker.pageview()
  tracker.screenview('Cart')
  tracker.identify('c-1')
  tracker.reset()
  tracker.consent('granted')
  const off = tracker.on('idle', () => {})
  const answers = Promise.all([tracker.session(), tracker.flush()])
  await run(10_000)
  off()
  tracker.stop()
  expect([await answers, collector.requests]).toEqual([[undefined, undefined], []])
})

test('without a collector the page’s own origin is it', async () => {
  const { run, open, collector } = await createTestPlatform()
  open().start({ collector: undefined } as never)
  await run(10_000)
  expect(collector.requests.map(({ url }) => url)).toEqual(['https://shop.example.com/v1/events'])
})

test('a collector may have a path and a slash at its end', async () => {
  const { run, open, collector } = await createTestPlatform()
  open().start({ collector: 'https://example.com/collect/' })
  await run(10_000)
  expect(collector.requests.map(({ url }) => url)).toEqual(['https://example.com/collect/v1/events'])
})

test('with debug the console tells what happens, without it nothing', async () => {
  const { run, open } = await createTestPlatform()
  const [quiet, loud] = [open(), open()]
  quiet.start()
  await run(10_000)
  loud.start({ debug: true })
  await run(10_000)
  expect([quiet.messages, new Set(loud.messages.map(({ level }) => level))]).toEqual([[], new Set(['debug'])])
})
