import { describe, expect, test } from 'vitest'
import type { EventLog, AppendedBatch } from '../../src/collector/eventLog.ts'
import type { IngestWork } from '../../src/collector/ingestWork.ts'
import { createAnswerStep, createAppendStep, takeStep } from '../../src/collector/recordSteps.ts'
import type { SessionReader, StoredSession } from '../../src/collector/sessionStore.ts'
import { reduceSession } from '../../src/model/index.ts'
import { batchOf, idOf, opening, start, visitorId } from './batches.ts'

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
    await createAppendStep({ log: { read: unused, last: unused, settled: unused, edit: unused, scrub: unused, close: unused, ...log }, geolocate, addressPolicy, onFailure: unused })(work)
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
    void createAppendStep({ log: { read: unused, last: unused, settled: unused, edit: unused, scrub: unused, close: unused, ...log }, geolocate, addressPolicy: 'full', onFailure: unused })(work)
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
    const log: EventLog = { append: () => Promise.reject(cause), read: unused, last: unused, settled: unused, edit: unused, scrub: unused, close: unused }
    const step = createAppendStep({ log, geolocate: () => ({}), addressPolicy: 'full', onFailure: error => failures.push(error) })
    await expect(step(workOf())).rejects.toMatchObject({ code: 'log-unavailable', details: { retryAfter: 5 } })
    expect(failures).toEqual([cause])
  })
})

describe('answer', () => {
  const stored: StoredSession = {
    site: 'shop',
    state: reduceSession(undefined, opening(1, { start: { type: 'web', index: 1, referrer: 'https://www.example.org/a?q=1' } })),
    facts: {
      visitorId,
      shortId: '0042',
      ipAddress: '203.0.113.57',
      ipOrganization: 'Example Net',
      geolocation: { country: 'DE', countryName: 'Germany', locality: 'Berlin', latitude: 52.5 },
      externalUrl: 'https://crm.example.com',
    },
    duplicates: 0,
  }

  const answer = async (sessions: Partial<SessionReader>, more: Partial<IngestWork> = {}) => {
    const asked: unknown[] = []
    const progress = {
      wake: () => void asked.push('wake'),
      waitFor: async (position: number, ms: number) => {
        asked.push([position, ms])
        return true
      },
    }
    const work = workOf(more)
    void takeStep(work)
    await createAnswerStep(progress, { list: unused, events: unused, deliveries: unused, lasting: unused, touched: unused, naming: unused, campaigns: unused, close: unused, get: unused, ...sessions })(work)
    return { result: work.result, asked }
  }

  test('says what became of the events', async () => {
    const rejected = [{ id: idOf(2), reason: 'at: is missing' }]
    const { result, asked } = await answer({ get: () => undefined }, { parsed: { batch: batchOf(), rejected, duplicates: 3, isWhole: false } })
    expect(result).toEqual({ accepted: 1, duplicates: 3, rejected })
    expect(asked).toEqual(['wake'])
  })

  test('waits for the session when the page asks for it', async () => {
    const parsed = { batch: batchOf({ wait: 500 }), rejected: [], duplicates: 0, isWhole: false }
    expect((await answer({ get: () => undefined }, { parsed })).asked).toEqual(['wake', [7, 500]])
  })

  test('is about the session of the newest event', async () => {
    const asked: unknown[] = []
    const events = [opening(2, { at: start + 1 }), opening(1)]
    const get = (...question: unknown[]): undefined => void asked.push(question)
    await answer({ get }, { parsed: { batch: batchOf({}, events), rejected: [], duplicates: 0, isWhole: false } })
    expect(asked).toEqual([[idOf(2), 'shop']])
  })

  test.each<[string, object[], number]>([
    ['the session that a campaign opens, and not the one that it ends at that instant', [opening(1), opening(2), { type: 'end', id: idOf(3), at: start, session: idOf(1) }], 2],
    ['a session that was ended, where nothing else happened', [{ type: 'end', id: idOf(3), at: start, session: idOf(1) }], 1],
  ])('is about %s', async (_, events, session) => {
    const asked: unknown[] = []
    const get = (...question: unknown[]): undefined => void asked.push(question)
    await answer({ get }, { parsed: { batch: batchOf({}, events), rejected: [], duplicates: 0, isWhole: false } })
    expect(asked).toEqual([[idOf(session), 'shop']])
  })

  test('tells the page what it may know, and nothing else', async () => {
    const { result } = await answer({ get: () => stored })
    expect(result?.session).toEqual({
      id: idOf(1),
      shortId: '0042',
      geolocation: { country: 'DE', countryName: 'Germany' },
      referrer: {
        url: 'https://www.example.org/a?q=1',
        domain: 'example.org',
        hostname: 'www.example.org',
        pathname: '/a',
        queryString: 'q=1',
        medium: 'unknown',
      },
      authenticated: false,
    })
  })

  test('tells nobody else about a visitor', async () => {
    const { result } = await answer({ get: () => ({ ...stored, facts: { ...stored.facts, visitorId: idOf(5) } }) })
    expect(result).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
  })
})
