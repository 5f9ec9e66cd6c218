import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { sessionsProjection } from '../../../src/collector/projection/projection.ts'
import type { StoredSession } from '../../../src/collector/sessionStore.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { seed } from '../dialects/arbitraryOf.ts'
import { createDialectTest } from '../dialects/createDialectTest.ts'

interface Listing {
  entities: { id: string; type: string; site?: string; createdDate: string }[]
  nextUri?: string
}

interface Given {
  at?: number
  customer?: string
  site?: string
  shortId?: string
}

const sessionOf = (n: number, { at = 0, customer, site = 'shop', shortId }: Given = {}): StoredSession => ({
  site,
  state: reduceSession(undefined, opening(n, { at: start + at, start: { type: 'web', index: 1, ...(customer && { customer: { id: customer, type: 'crm' } }) } })),
  facts: { visitorId: idOf(900 + n), ...(shortId && { shortId }) },
  heldUntil: start + at + 3_600_000,
  duplicates: 0,
})

const dateOf = (at: number): string => new Date(start + at).toISOString()

const setUp = async (visits: StoredSession[], calls: object[]) => {
  const sessions = createMemorySessionStore([])
  sessions.transaction({ ...sessionsProjection, position: 1 }, writer => visits.forEach(writer.save))
  const { ask, clock } = createDialectTest({ sessions })
  clock.at = start + 60_000
  for (const call of calls) await ask('POST', '/v1/conversations', call)
  /** Ids of the whole list, read page by page. */
  const list = async (query: string): Promise<string[]> => {
    const ids: string[] = []
    for (let uri: string | undefined = `/v1/sessions?${query}`; uri !== undefined; ) {
      const { body, status }: { body: Listing; status: number } = await ask<Listing>('GET', uri)
      expect(status, uri).toBe(200)
      ids.push(...body.entities.map(({ id }) => id.replace(/^.*-0*/, '')))
      uri = body.nextUri
    }
    return ids
  }
  return { ask, list }
}

/** Two people on two sites, and what they called about. `d` is tied to nobody who is known. */
const everything = () =>
  setUp(
    [sessionOf(1, { at: 1000, customer: 'c-1', shortId: '4711' }), sessionOf(2, { at: 3000, site: 'other' }), sessionOf(3, { at: 5000, customer: '+31201234567' })],
    [
      { id: 'a', sessionId: idOf(1), createdDate: dateOf(2000), endedDate: dateOf(2500) },
      { id: 'b', sessionId: idOf(2), createdDate: dateOf(4000) },
      { id: 'c', phoneNumber: '(+31) 20 123 45 67', createdDate: dateOf(6000) },
      { id: 'd', customerId: 'nobody', createdDate: dateOf(7000) },
      { id: 'e', shortId: '4711', createdDate: dateOf(8000) },
    ],
  )

describe('the list of Sessions', () => {
  test.each([
    ['', 'e d c 3 b 2 a 1'],
    ['type=visit', '3 2 1'],
    ['type=conversation', 'e d c b a'],
    ['status=live', 'e d c 3 b 2 1'],
    ['status=ended', 'a'],
    ['status=idle', ''],
    ['site=shop', 'e c 3 a 1'],
    ['site=other', 'b 2'],
    ['customerId=c-1', 'e a 1'],
    ['customerId=nobody', 'd'],
    [`customerId=${encodeURIComponent('+31201234567')}`, 'c 3'],
    [`visitorId=${idOf(902)}`, 'b 2'],
    ['shortId=4711', 'e a 1'],
    ['customerId=c-1&type=conversation&status=ended', 'a'],
    ['customerId=c-1&shortId=4711', 'e a 1'],
    ['customerId=c-1&shortId=4712', ''],
    ['customerId=nobody&shortId=4711', ''],
    [`customerId=nobody&visitorId=${idOf(902)}`, ''],
    [`customerId=c-1&visitorId=${idOf(901)}&shortId=4711`, 'e a 1'],
    [`from=${start + 2000}&to=${start + 6000}`, '3 b 2 a'],
    [`type=conversation&from=${dateOf(4000)}&to=${dateOf(7000)}`, 'c b'],
  ])('has visits and conversations, the newest first: ?%s', async (query, expected) => {
    const { list } = await everything()
    for (const limit of [50, 2, 1]) expect((await list(`${query}&limit=${limit}`.replace(/^&/, ''))).join(' '), `limit ${limit}`).toBe(expected)
  })

  test('says of which site a conversation is, where it is tied to one', async () => {
    const { ask } = await everything()
    const { entities } = (await ask<Listing>('GET', '/v1/sessions?type=conversation')).body
    expect(entities.map(({ id, site }) => [id, site])).toEqual([['e', 'shop'], ['d', undefined], ['c', 'shop'], ['b', 'other'], ['a', 'shop']])
  })

  test.each(['type=web', 'cursor=xyz', `cursor=${Buffer.from('["a"]').toString('base64url')}`, `cursor=${Buffer.from('["","xyz"]').toString('base64url')}`])('refuses ?%s', async query => {
    const { ask } = await setUp([], [])
    expect(await ask('GET', `/v1/sessions?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid-query' } })
  })

  test(`has each once, in order, whatever the pages (SEED=${seed})`, { timeout: 120_000 }, async () => {
    const instants = fc.array(fc.nat(5), { maxLength: 7 })
    await fc.assert(
      fc.asyncProperty(instants, instants, fc.integer({ min: 1, max: 5 }), async (visits, calls, limit) => {
        const { list, ask } = await setUp(
          visits.map((at, n) => sessionOf(n + 1, { at })),
          calls.map((at, n) => ({ id: `call-${n + 100}`, customerId: 'nobody', createdDate: dateOf(at) })),
        )
        const { entities } = (await ask<Listing>('GET', '/v1/sessions?limit=200')).body
        const dates = entities.map(({ createdDate }) => Date.parse(createdDate))
        expect(dates).toEqual([...dates].sort((a, b) => b - a))
        expect(entities).toHaveLength(visits.length + calls.length)
        expect(await list(`limit=${limit}`)).toEqual(entities.map(({ id }) => id.replace(/^.*-0*/, '')))
      }),
      { seed, numRuns: 20 },
    )
  })
})
