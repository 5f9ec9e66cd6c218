import { describe, expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'
import type { TabOptions } from './platform/tab.ts'

const src = 'https://collect.example.com/sojourn.js'
/** The documented stub: callable before the script has loaded. */
const stub = 'globalThis.sojourn = globalThis.sojourn || function () { (sojourn.q = sojourn.q || []).push(arguments) }'

type Command = (command: unknown, ...args: unknown[]) => unknown

const setUp = async (options: TabOptions = {}) => {
  const platform = await createTestPlatform()
  const tab = platform.open(options)
  const sojourn: Command = (...args) => (tab.window.sojourn as Command)(...args)
  return { ...platform, tab, sojourn, names: () => platform.collector.of('custom').map(({ eventName }) => eventName) }
}

test('a tag with a site is enough: the collector is where the script came from', async () => {
  const { run, tab, collector } = await setUp()
  tab.runScript(src, { site: 'shop' })
  await run(10_000)
  expect(collector.requests.map(({ url, batch }) => [url, batch.site])).toEqual([['https://collect.example.com/v1/events', 'shop']])
  expect(collector.of('pageview')).toHaveLength(1)
})

test('calls before the script has loaded run in their order once it has', async () => {
  const { run, tab, sojourn, names } = await setUp()
  tab.run(stub)
  sojourn('track', 'first', { total: 1 })
  sojourn('track', 'second')
  await run(1000)
  tab.runScript(src, { site: 'shop' })
  sojourn('track', 'third')
  await run(10_000)
  expect(names()).toEqual(['first', 'second', 'third'])
})

test('handlers that were put on before the script has loaded hear', async () => {
  const { run, tab, sojourn } = await setUp()
  const heard: unknown[] = []
  tab.run(stub)
  sojourn('on', 'delivered', (result: unknown) => heard.push(result))
  tab.runScript(src, { site: 'shop' })
  await run(10_000)
  expect(heard).toEqual([expect.objectContaining({ accepted: 1 })])
})

test('a function as the last argument receives what a command promises', async () => {
  const { run, tab, sojourn } = await setUp()
  const answers: unknown[] = []
  tab.run(stub)
  sojourn('shortId', (id: unknown) => answers.push(id))
  tab.runScript(src, { site: 'shop' })
  await run(1000)
  sojourn('flush', () => answers.push('flushed'))
  await run(1000)
  expect(answers).toEqual(['1000', 'flushed'])
})

test('a scalar option has a data attribute, and data-options takes all of them', async () => {
  const { run, tab, collector } = await setUp()
  tab.runScript(src, { site: 'shop', type: 'kiosk', idleAfterSeconds: '5', autotrack: 'false', options: '{"awayAfterSeconds":9,"searchParameters":["find"],"type":"app"}' })
  ;(tab.window.sojourn as Command)('track', 'step')
  await run(30_000)
  expect(collector.events().map(({ type }) => type)).toEqual(['custom', 'activity', 'activity'])
  expect(collector.events()[0]!.start).toMatchObject({ type: 'kiosk', rules: { idleAfterSeconds: 5, awayAfterSeconds: 9 } })
})

describe('options of the collector\'s configuration', () => {
  const sites = { shop: { idleAfterSeconds: 5, awayAfterSeconds: 9, campaign: { parameters: { source: 'src' } } }, blog: { autotrack: false } }

  test('count for their site, before the first pageview', async () => {
    const { run, tab, collector } = await setUp({ url: 'https://shop.example.com/?src=poster' })
    tab.runScript(src, { site: 'shop' }, sites)
    await run(1000)
    expect(collector.of('pageview')[0]!.start).toMatchObject({ campaign: { tags: 'src=poster', options: { parameters: { source: 'src' } } }, rules: { idleAfterSeconds: 5, awayAfterSeconds: 9 } })
  })

  test('stand behind those of the page', async () => {
    const { run, tab, collector } = await setUp({ url: 'https://shop.example.com/?src=poster&from=mail' })
    tab.runScript(src, { site: 'shop', awayAfterSeconds: '30', options: '{"campaign":{"parameters":{"source":"from"}}}' }, sites)
    await run(1000)
    expect(collector.of('pageview')[0]!.start).toMatchObject({ campaign: { tags: 'from=mail', options: { parameters: { source: 'from' } } }, rules: { idleAfterSeconds: 5, awayAfterSeconds: 30 } })
  })

  test.each(['news', 'constructor', '__proto__'])('are none for a site that has none, such as %s', async site => {
    const { run, tab, collector } = await setUp({ url: 'https://shop.example.com/?src=poster' })
    tab.runScript(src, { site }, sites)
    await run(1000)
    expect(collector.of('pageview')[0]!.start).toEqual({ type: 'web', index: 1, rules: {} })
  })
})

test('a site whose name looks like a number is a text', async () => {
  const { run, tab, collector } = await setUp()
  tab.runScript(src, { site: '123' })
  await run(10_000)
  expect(collector.requests.map(({ batch }) => batch.site)).toEqual(['123'])
})

test('a collector of its own can be given', async () => {
  const { run, tab, collector } = await setUp()
  tab.runScript('https://cdn.example.com/lib/sojourn.js', { site: 'shop', collector: 'https://events.example.com' })
  await run(10_000)
  expect(collector.requests.map(({ url }) => url)).toEqual(['https://events.example.com/v1/events'])
})

test.each<[string, Record<string, string>, RegExp]>([
  ['no site', {}, /site: expected/],
  ['options that are no JSON', { site: 'shop', options: '{site' }, /data-?options/i],
  ['a wrong option', { site: 'shop', idleAfterSeconds: 'soon' }, /idleAfterSeconds: expected/],
  ['an unknown option', { site: 'shop', idleAfterSecond: '5' }, /idleAfterSecond: unknown option, did you mean idleAfterSeconds\?/],
])('a tag with %s says so in one message, and does not start', async (_, dataset, message) => {
  const { run, tab, collector, sojourn } = await setUp()
  tab.run(stub)
  sojourn('track', 'early')
  tab.runScript(src, dataset)
  sojourn('track', 'late')
  await run(10_000)
  expect(tab.errors()).toEqual([expect.stringMatching(message) as string])
  expect([collector.requests, tab.uncaught]).toEqual([[], []])
})

test.each<[string, Record<string, string>, string, TabOptions['modules']]>([
  ['where the file with the words is blocked', { site: 'shop', idleAfterSeconds: 'soon' }, 'idleAfterSeconds', 'refused'],
  ['where a wrong collector has no such file', { site: 'shop', collector: 'collect.example.com', debug: '1' }, 'collector; debug', 'served'],
])('%s the message still names what is wrong', async (_, dataset, names, modules) => {
  const { run, tab, collector } = await setUp({ modules })
  tab.runScript(src, dataset)
  await run(10_000)
  expect(tab.errors()).toEqual([`Sojourn did not start. ${names}`])
  expect([collector.requests, tab.uncaught]).toEqual([[], []])
})

test('a script whose options are wrong answers every command with silence', async () => {
  const { run, tab, sojourn } = await setUp()
  tab.runScript(src, {})
  expect([sojourn('session'), sojourn('on', 'idle', () => {}), sojourn('trak')]).toEqual([undefined, undefined, undefined])
  await run(10_000)
  expect([tab.errors().length, tab.uncaught]).toEqual([1, []])
})

test('the Session is shown by a file that is only fetched when somebody looks', async () => {
  const { run, sojourn, tab } = await setUp()
  tab.runScript(src, { site: 'shop' })
  await run(1000)
  const shown = sojourn('session')
  await run(1000)
  expect(await shown).toMatchObject({ pageviewCount: 1 })
})

test('a second copy of the script leaves the page to the first', async () => {
  const { run, tab, collector } = await setUp()
  tab.runScript(src, { site: 'shop' })
  tab.runScript(src, { site: 'shop' })
  await run(10_000)
  expect(collector.of('pageview')).toHaveLength(1)
})

test.each(['trak', 'constructor', '__proto__', undefined, 7])('a command that does not exist (%s) is named in the console, with those that do', async command => {
  const { run, tab, sojourn, names } = await setUp()
  tab.runScript(src, { site: 'shop' })
  sojourn(command, 'x')
  sojourn('track', 'after')
  await run(10_000)
  expect(tab.errors()).toEqual([expect.stringMatching(`unknown command ${command}; expected one of .*pageview.*track`) as string])
  expect(names()).toEqual(['after'])
})

test('pages of the script tag and of the npm package share their session', async () => {
  const { run, tab, open, collector } = await setUp()
  tab.runScript(src, { site: 'shop' })
  await run(1000)
  open().start()
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 2 }])
})
