import { describe, expect, test } from 'vitest'
import { createOriginStep, createSiteLimitStep, createSiteStep } from '../../../src/collector/ingest/authoriseSteps.ts'
import { createAddressLimit } from '../../../src/collector/ingest/createAddressLimit.ts'
import type { IngestStep, IngestWork } from '../../../src/collector/ingest/ingestWork.ts'
import { createOriginCheck } from '../../../src/collector/settings/origins.ts'
import { createRateLimit } from '../../../src/collector/rateLimit.ts'
import { batchOf } from '../batches.ts'

const shop = { id: 'shop', origins: ['https://shop.example.com'] }

const workOf = (more: Partial<IngestWork>): IngestWork => ({ bytes: Buffer.alloc(0), receivedAt: 0, ...more })

const codeOf = (step: IngestStep, more: Partial<IngestWork>): string => {
  try {
    void step(workOf(more))
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'passed'
}

describe('the limit by address', () => {
  const once = () => createAddressLimit(createRateLimit({ perSecond: 0.1, burst: 1 }, () => 0))

  test.each([
    ['the same address', '192.0.2.1', '192.0.2.1', 'too-many-requests'],
    ['a neighbour', '192.0.2.1', '192.0.2.2', 'passed'],
    ['the same subscriber with IPv6', '2001:db8::1', '2001:db8::2', 'too-many-requests'],
    ['another subscriber with IPv6', '2001:db8::1', '2001:db8:0:1::1', 'passed'],
  ])('treats %s on its own terms', (...row) => {
    const [, first, second, code] = row
    const limit = once()
    expect(codeOf(() => limit(first), {})).toBe('passed')
    expect(codeOf(() => limit(second), {})).toBe(code)
  })
  test('says when to come again', () => {
    const limit = once()
    limit('192.0.2.1')
    expect(() => limit('192.0.2.1')).toThrow(expect.objectContaining({ details: { retryAfter: 10 } }))
  })
})

test('knows the sites that are configured', () => {
  const step = createSiteStep(new Map([[shop.id, shop]]))
  expect(codeOf(step, { parsed: { batch: batchOf({ site: 'blog' }), rejected: [], duplicates: 0, isWhole: false } })).toBe('unknown-site')
  expect(codeOf(step, { parsed: { batch: batchOf({ site: '__proto__' }), rejected: [], duplicates: 0, isWhole: false } })).toBe('unknown-site')
  const work = workOf({ parsed: { batch: batchOf(), rejected: [], duplicates: 0, isWhole: false } })
  void step(work)
  expect(work.site).toBe(shop)
})

test.each([
  ['https://shop.example.com', 'passed'],
  [undefined, 'passed'],
  ['https://evil.example.com', 'origin-not-allowed'],
  ['null', 'origin-not-allowed'],
])('answers a page of %s', (origin, code) => expect(codeOf(createOriginStep(createOriginCheck([shop])), { site: shop, origin })).toBe(code))

test('limits a site whatever the addresses', () => {
  const step = createSiteLimitStep(createRateLimit({ perSecond: 1, burst: 1 }, () => 0))
  expect(codeOf(step, { site: shop, address: '192.0.2.1' })).toBe('passed')
  expect(codeOf(step, { site: shop, address: '192.0.2.2' })).toBe('too-many-requests')
  expect(codeOf(step, { site: { ...shop, id: 'blog' } })).toBe('passed')
})
