import { describe, expect, test } from 'vitest'
import type { AppendedBatch, EventLog } from '../../../src/collector/eventLog.ts'
import type { IngestWork } from '../../../src/collector/ingest/ingestWork.ts'
import { createAppendStep, takeStep } from '../../../src/collector/ingest/recordSteps.ts'
import { batchOf, idOf, opening, start, visitorId } from '../batches.ts'

const workOf = (more: Partial<IngestWork> = {}): IngestWork => ({
  bytes: Buffer.alloc(0),
  receivedAt: start,
  site: { id: 'shop', origins: [] },
  address: '203.0.113.57',
  parsed: { batch: batchOf(), rejected: [], duplicates: 0, isWhole: false },
  position: 7,
  ...more,
})

const unused = (): never => {
  throw new Error('not asked for here')
}

describe('append', () => {
  const geolocate = (address: string) => ({ geolocation: { country: 'DE', locality: `near ${address}` }, ipOrganization: 'Example Net' })

  const append = async (addressPolicy: 'full' | 'truncated' | 'none', more: Partial<IngestWork> = {}) => {
    const appended: AppendedBatch[] = []
    const log: Pick<EventLog, 'append'> = { append: async received => appended.push(received) }
    const work = workOf(more)
    await createAppendStep({ log, geolocate, addressPolicy, onFailure: unused })(work)
    return { work, received: appended[0] }
  }

  test('hands over what the page said and what was seen of the request', async () => {
    const { work, received } = await append('full', { userAgent: 'Mozilla/5.0' })
    expect(work.position).toBe(1)
    expect(received).toEqual({
      receivedAt: start,
      site: 'shop',
      address: '203.0.113.57',
      geolocation: { country: 'DE', locality: 'near 203.0.113.57' },
      ipOrganization: 'Example Net',
      userAgent: 'Mozilla/5.0',
      batch: batchOf(),
    })
  })

  test('lets go of what the batch was made of, before the disk has answered', () => {
    const work = workOf({ text: '{}', body: {} })
    const log: Pick<EventLog, 'append'> = { append: () => new Promise(() => undefined) }
    void createAppendStep({ log, geolocate, addressPolicy: 'full', onFailure: unused })(work)
    expect([work.parsed, work.body, work.text]).toEqual([undefined, undefined, undefined])
  })

  test('hands over the bytes of a body of which nothing was dropped', async () => {
    const bytes = Buffer.from(JSON.stringify(batchOf()))
    const parsed = { batch: batchOf(), rejected: [], duplicates: 0 }
    expect((await append('full', { bytes, parsed: { ...parsed, isWhole: true } })).received?.json).toBe(bytes)
    expect((await append('full', { bytes, parsed: { ...parsed, isWhole: false } })).received?.json).toBeUndefined()
  })

  test.each([
    ['truncated', '203.0.113.0'],
    ['none', null],
  ] as const)('looks the whole address up, and keeps it %s', async (policy, kept) => {
    const { received } = await append(policy)
    expect(received).toMatchObject({ address: kept, geolocation: { country: 'DE', locality: 'near 203.0.113.57' } })
  })

  test('makes do without address and user agent, and cuts a long one', async () => {
    const { received } = await append('full', { address: undefined })
    expect(received).toEqual({ receivedAt: start, site: 'shop', address: null, userAgent: null, batch: batchOf() })
    expect((await append('full', { userAgent: 'x'.repeat(5000) })).received?.userAgent).toHaveLength(1024)
  })

  test('asks the page to come again when the log cannot be written, and tells why', async () => {
    const failures: unknown[] = []
    const cause = new Error('disk full')
    const log: Pick<EventLog, 'append'> = { append: () => Promise.reject(cause) }
    const step = createAppendStep({ log, geolocate: () => ({}), addressPolicy: 'full', onFailure: error => failures.push(error) })
    await expect(step(workOf())).rejects.toMatchObject({ code: 'log-unavailable', details: { retryAfter: 5 } })
    expect(failures).toEqual([cause])
  })
})

describe('what the answer follows from', () => {
  const take = (batch = batchOf(), more: Partial<IngestWork> = {}) => {
    const work = workOf({ parsed: { batch, rejected: [], duplicates: 0, isWhole: false }, ...more })
    void takeStep(work)
    return work.taken
  }

  test('is what became of the events, those that were dropped among them', () => {
    const rejected = [{ id: idOf(2), reason: 'at: is missing' }]
    const parsed = { batch: batchOf({ wait: 500 }), rejected, duplicates: 3, isWhole: false }
    expect(take(undefined, { parsed, dropped: 2 })).toEqual({ accepted: 3, duplicates: 3, rejected, site: 'shop', visitor: visitorId, session: idOf(1), wait: 500 })
  })

  test.each<[string, object[], number]>([
    ['the session of the newest event', [opening(2, { at: start + 1 }), opening(1)], 2],
    ['the session that a campaign opens, and not the one that it ends at that instant', [opening(1), opening(2), { type: 'end', id: idOf(3), at: start, session: idOf(1) }], 2],
    ['a session that was ended, where nothing else happened', [{ type: 'end', id: idOf(3), at: start, session: idOf(1) }], 1],
  ])('is about %s', (_, events, session) => expect(take(batchOf({}, events))?.session).toBe(idOf(session)))
})
