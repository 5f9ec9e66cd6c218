import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import schema from '../../../src/collector/dialects/genesysAnalytics/analyticsConversation.json' with { type: 'json' }
import { toAnalyticsDocument } from '../../../src/collector/dialects/genesysAnalytics/analyticsConversation.ts'
import { start } from '../batches.ts'
import { aCall, aCallAsSession, aCallPath as path } from './aCall.ts'
import { arbitraryOf, seed } from './arbitraryOf.ts'
import { createDialectTest, createSchemaCheck } from './createDialectTest.ts'

const findProblems = createSchemaCheck('genesys-analytics-conversation.json')

const pathOf = (id: string): string => `/api/v2/analytics/conversations/${encodeURIComponent(id)}/details`

describe.each([
  ['valid', false],
  ['of a later version', true],
])('1000 random conversations, %s,', (_title, isOpen) => {
  test(`come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask } = createDialectTest()
    const named = { conversationId: fc.constant('c-1') }
    const payloads = arbitraryOf(schema, '', { isOpen, named }) as fc.Arbitrary<Record<string, unknown>>
    await fc.assert(
      fc.asyncProperty(payloads, async payload => {
        const expected = { ...payload, conversationId: 'c-1' }
        const written = await ask('POST', pathOf('c-1'), payload)
        expect([written.status, written.body]).toEqual([200, expected])
        const read = await ask('GET', pathOf('c-1'))
        expect(read.body).toEqual(expected)
        if (!isOpen) expect(findProblems(read.body)).toEqual([])
        expect((await ask('GET', '/v1/conversations/c-1')).status).toBe(200)
      }),
      { seed, numRuns: 1000 },
    )
  })
})

describe('a call', () => {
  test('is read as it was written, alone and with others', async () => {
    const { ask } = createDialectTest()
    expect(await ask('POST', path, aCall)).toMatchObject({ status: 200, body: aCall })
    expect((await ask('GET', path)).body).toEqual(aCall)
    const other = { conversationId: 'other', participants: [] }
    await ask('POST', pathOf('other'), { participants: [] })
    const list = '/api/v2/analytics/conversations/details'
    expect((await ask('GET', `${list}?id=other,nobody&id=${aCall.conversationId}`)).body).toEqual({ conversations: [other, aCall] })
  })

  test('is read and written in snake case, its maps as they are', async () => {
    const { ask } = createDialectTest()
    await ask('POST', path, aCall)
    const { body } = await ask<{ participants: { attributes: object; sessions: { media_endpoint_stats: object[] }[] }[] }>('GET', `${path}?case=snake`)
    expect(body).toMatchObject({ conversation_id: aCall.conversationId, media_stats_min_conversation_r_factor: 92.1, division_ids: ['d-1'] })
    expect(body.participants[0]!.attributes).toEqual(aCall.participants[0]!.attributes)
    expect(body.participants[0]!.sessions[0]!.media_endpoint_stats[0]).toMatchObject({ min_r_factor: 92.1, max_latency_ms: 12 })
    await ask('POST', `${path}?case=snake`, body)
    expect((await ask('GET', path)).body).toEqual(aCall)
  })

  test('is a conversation, with what its agents did', async () => {
    const { ask } = createDialectTest()
    await ask('POST', path, aCall)
    expect((await ask('GET', `/v1/conversations/${aCall.conversationId}`)).body).toEqual({
      ...aCallAsSession,
      status: 'ended',
      model: { name: 'genesysAnalytics', selfUri: path },
      selfUri: `/v1/conversations/${aCall.conversationId}`,
      sessions: [],
    })
  })

  test('goes on while it has no end, and began with its first segment where it does not say', async () => {
    const { ask } = createDialectTest()
    const { conversationStart: _start, conversationEnd: _end, ...running } = aCall
    await ask('POST', path, running)
    const { body } = await ask('GET', `/v1/conversations/${aCall.conversationId}`)
    expect(body).toMatchObject({ status: 'active', createdDate: '2026-08-01T12:05:00.000Z' })
    expect(body.endedDate).toBeUndefined()
  })

  test('has the outcome of the newest metric, whatever the offset of its date', async () => {
    const { ask } = createDialectTest()
    const metrics = [
      { name: 'tAnswered', value: 1, emitDate: '2026-08-01T11:00:00Z' },
      { name: 'tAbandon', value: 1, emitDate: '2026-08-01T12:00:00+02:00' },
    ]
    expect((await ask('POST', pathOf('c-1'), { participants: [{ sessions: [{ metrics }] }] })).status).toBe(200)
    expect((await ask('GET', '/v1/conversations/c-1')).body).toMatchObject({ lastAcdOutcome: 'Answered' })
  })

  test('tells what ties it to the visitor', () => {
    const journey = { journeyCustomerSessionId: 'web-1', journeyCustomerId: 'cookie-1', journeyCustomerIdType: 'cookie' }
    const chat = { purpose: 'customer', sessions: [{ ...journey, mediaType: 'message', direction: 'outbound', addressTo: '+31209999999', ani: '+31200000000' }] }
    const linksOf = (body: object) => toAnalyticsDocument({ ...body }, start).document.links
    expect(linksOf({ participants: [chat] })).toEqual([
      { by: 'session', value: 'web-1' },
      { by: 'customer', value: 'cookie-1' },
      { by: 'phone', value: '+31209999999' },
    ])
    expect(linksOf(aCall)).toEqual([
      { by: 'shortId', value: '4711' },
      { by: 'customer', value: 'contact-1' },
      { by: 'phone', value: '+31201234567' },
    ])
  })
})

test('a conversation began when it says so, were it the first instant there is', async () => {
  const { ask } = createDialectTest()
  await ask('POST', pathOf('x'), { conversationStart: '1970-01-01T00:00:00Z' })
  expect((await ask('GET', '/v1/conversations/x')).body).toMatchObject({ createdDate: '1970-01-01T00:00:00.000Z' })
})

describe('refused, in the words of their API, is', () => {
  test('a conversation that is not there', async () => {
    const { ask } = createDialectTest()
    const body = { status: 404, code: 'not.found', message: 'Unable to find a conversation with the id x', messageParams: {}, details: [], errors: [] }
    expect(await ask('GET', pathOf('x'))).toMatchObject({ status: 404, body })
  })

  test.each([
    [{ participants: {} }, 'participants must be array'],
    [{ participants: [{ sessions: [{ ani: 5 }] }] }, 'participants.0.sessions.0.ani must be string'],
    [{ conversationId: 'other' }, 'conversationId must be the id of the path'],
    [{ conversationStart: '2016-12-31T23:59:60Z' }, 'conversationStart must be a date such as 2026-08-01T12:00:00Z'],
    [{ conversationEnd: '2016-12-31T23:59:60Z' }, 'conversationEnd must be a date such as 2026-08-01T12:00:00Z'],
    [{ conversationStart: 'now' }, 'conversationStart must match format "date-time"'],
  ])('%j', async (given, message) => {
    const { ask } = createDialectTest()
    expect(await ask('POST', pathOf('x'), given)).toMatchObject({ status: 400, body: { status: 400, code: 'bad.request', message } })
  })

  test('a list of nothing', async () => {
    const { ask } = createDialectTest()
    expect(await ask('GET', '/api/v2/analytics/conversations/details')).toMatchObject({ status: 400, body: { code: 'bad.request' } })
  })

  test('everybody without the key', async () => {
    const { ask } = createDialectTest({}, {})
    for (const method of ['GET', 'POST'] as const) expect(await ask(method, path)).toMatchObject({ status: 401, body: { code: 'authentication.required' } })
  })
})
