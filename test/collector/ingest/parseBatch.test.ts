import { describe, expect, test } from 'vitest'
import { createBatchParser } from '../../../src/collector/ingest/parseBatch.ts'
import { ProblemError } from '../../../src/collector/problem.ts'
import { limits } from '../../../src/model/index.ts'
import { batchOf, idOf, opening } from '../batches.ts'

const parse = createBatchParser()

const parseText = (text: string) => parse(JSON.parse(text))

/** What is said about a body that is refused whole. */
const refusal = (body: unknown): string => {
  try {
    parse(body)
  } catch (error) {
    if (error instanceof ProblemError) return `${error.code} ${error.message}`
  }
  return 'accepted'
}

/** What is said about one event beside a good one. */
const rejection = (event: unknown) => parse(batchOf({}, [opening(), event])).rejected[0]

const other = (more: object) => ({ ...opening(2), ...more })

test.each([
  ['a field that is not known', { ...batchOf(), more: 1 }],
  ['a field of an event that is not known', batchOf({}, [opening(), other({ more: 1 })])],
  ['a field of its context that is not known', { ...batchOf(), context: { more: 1 } }],
  ['an event that is refused', batchOf({}, [opening(), other({ at: -1 })])],
])('a body with %s is not kept as it came', (_title, body) => {
  const parsed = parse(structuredClone(body))
  expect(parsed.isWhole).toBe(false)
  expect(JSON.stringify(parsed.batch)).not.toContain('more')
})

describe('a batch', () => {
  test('is taken with all that a page may say', () => {
    const batch = batchOf({
      context: {
        userAgent: 'Mozilla/5.0',
        userAgentData: { brands: [{ brand: 'Chromium', version: '140' }], mobile: false, platform: 'Linux', model: '' },
        language: 'de',
        timezone: 'Europe/Berlin',
        screen: { width: 1920, height: 1080, density: 1.5 },
        viewport: { width: 1200.5, height: 800 },
        app: { name: 'Shop', namespace: 'com.example.shop', version: '1', buildNumber: '7' },
        networkConnectivity: { bluetoothEnabled: false, cellularEnabled: true, wifiEnabled: false },
      },
      lost: { [idOf(1)]: { cap: 3 } },
      deferred: true,
      wait: 1000,
    })
    expect(parse(structuredClone(batch))).toEqual({ batch, rejected: [], duplicates: 0, isWhole: true })
  })

  test.each([
    ['no object', [], 'invalid-batch : must be object'],
    ['null', null, 'invalid-batch : must be object'],
    ['a text', 'batch', 'invalid-batch : must be object'],
    ['nothing', {}, 'invalid-batch v: is missing'],
    ['another version', { ...batchOf(), v: 2 }, 'invalid-batch v: must be 1'],
    ['a site that is no text', { ...batchOf(), site: 7 }, 'invalid-batch site: must be string'],
    ['a long site', batchOf({ site: 'x'.repeat(256) }), 'invalid-batch site: must NOT have more than 255 characters'],
    ['no instant', { ...batchOf(), sentAt: 'now' }, 'invalid-batch sentAt: must be integer'],
    ['an instant after the year 9999', batchOf({ sentAt: limits.instant + 1 }), `invalid-batch sentAt: must be <= ${limits.instant}`],
    ['a visitor without an id', { ...batchOf(), visitor: {} }, 'invalid-batch visitor.id: is missing'],
    ['a visitor id in upper case', batchOf({ visitor: { id: 'ABCDEF00-0000-7000-8000-000000000000' } }), 'invalid-batch visitor.id: must match pattern'],
    ['no events', batchOf({}, []), 'invalid-batch events: must NOT have fewer than 1 items'],
    ['events that are no list', { ...batchOf(), events: {} }, 'invalid-batch events: must be array'],
    ['a long wait', batchOf({ wait: limits.wait + 1 }), `invalid-batch wait: must be <= ${limits.wait}`],
    ['a long user agent', batchOf({ context: { userAgent: 'x'.repeat(1025) } }), 'invalid-batch context.userAgent: must NOT have more than 1024'],
    ['a reason of loss that is no count', { ...batchOf(), lost: { [idOf(1)]: { cap: -1 } } }, 'invalid-batch lost'],
    ['a loss of no session', { ...batchOf(), lost: { constructor: {} } }, 'invalid-batch lost.constructor: must match pattern'],
    ['too many events', batchOf({}, Array(limits.batchEvents + 1).fill(opening())), 'batch-too-large events: at most 1000, got 1001'],
  ])('is refused with %s', (_title, body, message) => expect(refusal(structuredClone(body))).toContain(message))

  test('loses the fields that nobody knows', () => {
    const { batch } = parse({ ...batchOf({}, [{ ...opening(), odd: { deep: 1 } }]), extra: true })
    expect(batch).toEqual(batchOf())
  })

  test('is refused when none of its events is valid, and each is told why', () => {
    const body = batchOf({}, [other({ at: 'noon' }), null])
    expect(refusal(structuredClone(body))).toBe('no-valid-event at: must be integer')
    expect(() => parse(body)).toThrow(
      expect.objectContaining({
        details: {
          detail: 'at: must be integer',
          members: {
            rejected: [
              { id: idOf(2), reason: 'at: must be integer' },
              { id: null, reason: 'must be an object' },
            ],
          },
        },
      }),
    )
  })

  test('counts an event that stands in it twice as a duplicate', () =>
    expect(parse(batchOf({}, [opening(), opening()]))).toEqual({ batch: batchOf(), rejected: [], duplicates: 1, isWhole: false }))
})

describe('an event', () => {
  test('is rejected alone', () => {
    const { batch, rejected } = parse(batchOf({}, [opening(), other({ seq: -1 }), { ...opening(3), type: 'custom', eventName: 'sold' }]))
    expect(batch.events.map(({ id }) => id)).toEqual([idOf(1), idOf(3)])
    expect(rejected).toEqual([{ id: idOf(2), reason: 'seq: must be >= 0' }])
  })

  test.each([
    ['no object', 'pageview', 'must be an object'],
    ['a list', [], 'must be an object'],
    ['no type', other({ type: undefined }), 'type: must be one of pageview, screenview, custom, identify, activity, end'],
    ['a type that objects have', other({ type: 'constructor' }), 'type: must be one of'],
    ['no id', other({ id: undefined }), 'id: is missing'],
    ['an id that is no UUID', other({ id: '1' }), 'id: must match pattern'],
    ['an id in a list', other({ id: [idOf(2)] }), 'id: must be string'],
    ['half an instant', other({ at: 1.5 }), 'at: must be integer'],
    ['an instant before 1970', other({ at: -1 }), 'at: must be >= 0'],
    ['a number that is too high', other({ seq: limits.seq + 1 }), 'seq: must be <= 1000000'],
    ['a tab with odd signs', other({ tab: '__proto__' }), 'tab: must match pattern'],
    ['a page without an address', other({ page: { title: 'x' } }), 'page.url: is missing'],
    ['a long address', other({ page: { url: 'x'.repeat(limits.url + 1) } }), 'page.url: must NOT have more than 4096 characters'],
    ['a breadcrumb of numbers', other({ page: { url: '/', breadcrumb: [1] } }), 'page.breadcrumb.0: must be string'],
    ['a bad event name', other({ type: 'custom', eventName: 'a b' }), 'eventName: must match pattern'],
    ['no event name', other({ type: 'custom' }), 'eventName: is missing'],
    ['a screenview without a screen', other({ type: 'screenview' }), 'screen: is missing'],
    ['nobody to identify', other({ type: 'identify' }), 'customer: is missing'],
    ['a trait that is a list', other({ type: 'identify', customer: { id: 'c', type: 'crm' }, traits: { a: [] } }), 'traits.a: must be string,number,boolean'],
    ['an unknown state', other({ type: 'activity', state: 'asleep' }), 'state: must be one of active, idle, away'],
    ['an unknown reason', other({ type: 'end', reason: 'boredom' }), 'reason: must be one of campaign, reset'],
    ['a nested attribute', other({ attributes: { a: { b: 1 } } }), 'attributes.a: must be string,number,boolean,array'],
    ['an attribute that is null', other({ attributes: { a: null } }), 'attributes.a: must be'],
    ['an attribute of an odd name', other({ attributes: { 'a/b~1': null } }), 'attributes.a/b~1: must be'],
    ['a list of lists', other({ attributes: { a: [[1]] } }), 'attributes.a.0: must be string,number,boolean'],
    ['a long value', other({ attributes: { a: 'x'.repeat(limits.attributeValue + 1) } }), 'attributes.a: must NOT have more than 8192 characters'],
    ['too many attributes', other({ attributes: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, i])) }), 'attributes: must NOT have more than 64'],
    ['a rule that is no number', other({ start: { type: 'web', index: 1, rules: { idleAfterSeconds: '60' } } }), 'start.rules.idleAfterSeconds: must be number'],
  ])('is rejected with %s', (_title, event, reason) => expect(rejection(structuredClone(event))?.reason).toContain(reason))

  test('may be as long as the limits say, counted in UTF-16 units', () => {
    expect(rejection(other({ page: { url: '/', title: '😀'.repeat(limits.title / 2) } }))).toBeUndefined()
    expect(rejection(other({ page: { url: '/', title: '😀'.repeat(limits.title / 2 + 1) } }))?.reason).toContain('page.title')
  })
})

describe('names that mean something to JavaScript', () => {
  const withAttributes = (attributes: string): string =>
    JSON.stringify(batchOf({}, [opening(), other({ attributes: '#' })])).replace('"#"', attributes)

  test('`__proto__` is no name of an attribute', () =>
    expect(parseText(withAttributes('{"__proto__":"x"}')).rejected).toEqual([{ id: idOf(2), reason: expect.stringContaining('attributes.__proto__') }]))

  test('`constructor` is one like any other', () => {
    const { batch } = parseText(withAttributes('{"constructor":"x","toString":1}'))
    expect(Object.entries((batch.events[1] as { attributes: object }).attributes)).toEqual([
      ['constructor', 'x'],
      ['toString', 1],
    ])
  })

  test('pollute nothing', () => {
    const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    for (const field of ['visitor', 'context', 'lost', 'library']) {
      const body = JSON.stringify({ ...batchOf(), [field]: '#' }).replace('"#"', hostile)
      expect(refusal(JSON.parse(body))).toMatch(/^(accepted|invalid-batch)/)
    }
    expect(parseText(JSON.stringify(batchOf()).replace('{', '{"__proto__":{"polluted":1},')).batch).toEqual(batchOf())
    expect('polluted' in {}).toBe(false)
  })
})

test('an event cannot say what the collector alone says of it: folding adds that before what came, not after', () => {
  const told = { ...opening(1), receivedAt: 5, clientAt: 6 }
  const { batch, isWhole } = parseText(JSON.stringify({ ...batchOf(), events: [told] }))
  expect([batch.events, isWhole]).toEqual([[opening(1)], false])
})
