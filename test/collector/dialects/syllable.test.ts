import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import schema from '../../../src/collector/dialects/syllable/syllableSession.json' with { type: 'json' }
import { arbitraryOf, seed } from './arbitraryOf.ts'
import { apiKey, authorized } from '../createTestEndpoint.ts'
import { createDialectTest, createSchemaCheck } from './createDialectTest.ts'

type Json = Record<string, unknown>

interface List {
  items: Json[]
  page: number
  page_size: number
  total_pages: number
  total_count: number
}

const findProblems = (value: unknown, part = ''): string[] => createSchemaCheck('syllable-session.json', part)(value)

const base = '/api/v1/sessions'

const parts = [
  ['transcript', 'SessionTranscriptionResponse', 'GET'],
  ['full-summary', 'SessionSummaryResponse', 'GET'],
  ['timeline', 'SessionTimelineResponse', 'GET'],
  ['latency', 'InspectLatencyResponse', 'GET'],
  ['recording', 'SessionRecordingResponse', 'POST'],
] as const

describe.each([
  ['valid', false],
  ['of a later version', true],
])('1000 random documents, %s,', (_title, isOpen) => {
  const named = { session_id: fc.constant('s-1') }

  test(`of sessions come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask } = createDialectTest()
    const isRight = createSchemaCheck('syllable-session.json')
    await fc.assert(
      fc.asyncProperty(arbitraryOf(schema, '', { isOpen, named }) as fc.Arbitrary<Json>, async payload => {
        const expected = { ...payload, session_id: 's-1' }
        expect(await ask('PUT', `${base}/s-1`, payload)).toMatchObject({ status: 200 })
        const { body } = await ask('GET', `${base}/s-1`)
        expect(body).toEqual(expected)
        if (!isOpen) expect(isRight(body)).toEqual([])
        expect((await ask('GET', '/v1/conversations/s-1')).status).toBe(200)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test.each(parts)(`of the %s come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async (part, name, method) => {
    const { ask } = createDialectTest()
    const isRight = createSchemaCheck('syllable-session.json', `#/$defs/${name}`)
    await ask('PUT', `${base}/s-1`, { timestamp: '2026-08-01T12:00:00Z' })
    await fc.assert(
      fc.asyncProperty(arbitraryOf(schema, `#/$defs/${name}`, { isOpen, named }) as fc.Arbitrary<Json>, async payload => {
        expect(await ask('PUT', `${base}/${part}/s-1`, payload)).toMatchObject({ status: 200, body: payload })
        const { body } = await ask(method, `${base}/${part}/s-1`)
        expect(body).toEqual(payload)
        if (!isOpen) expect(isRight(body)).toEqual([])
      }),
      { seed, numRuns: 1000 },
    )
  })

  test(`of labels come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask } = createDialectTest()
    await ask('PUT', `${base}/7`, { timestamp: '2026-08-01T12:00:00Z' })
    const isRight = createSchemaCheck('syllable-session.json', '#/$defs/SessionLabel')
    const payloads = arbitraryOf(schema, '#/$defs/SessionLabelCreate', { isOpen, named: { session_id: fc.constant(7) } }) as fc.Arbitrary<Json>
    await fc.assert(
      fc.asyncProperty(payloads, async payload => {
        const { body: made } = await ask('POST', '/api/v1/session_labels/', payload)
        const { body } = await ask('GET', `/api/v1/session_labels/${String(made.id)}`)
        expect(body).toEqual({ ...payload, id: made.id, timestamp: made.timestamp })
        if (!isOpen) expect(isRight(body)).toEqual([])
      }),
      { seed, numRuns: isOpen ? 100 : 1000 },
    )
  })
})

const session = {
  timestamp: '2026-08-01T12:00:00Z',
  session_id: '1',
  conversation_id: 'c-1',
  channel_manager_service: 'hedy',
  channel_manager_type: 'voice_sip_v1',
  agent_id: 'a-1',
  source: '+31201234567',
  duration: 61.5,
  is_outbound: false,
  user_terminated: true,
}

const transcript = {
  session_id: '1',
  transcription: [
    { timestamp: '2026-08-01T12:00:01Z', source: 'agent', text: 'Hello', lang: 'en-US' },
    { timestamp: '2026-08-01T12:00:05Z', source: 'user', text: 'My parcel?', lang: 'unset' },
  ],
  actions: [{ timestamp: '2026-08-01T12:00:07Z', tool_name: 'find_parcel', tool_request: '{}', tool_result: '{"at":"Utrecht"}', duration_ms: 120 }],
}

describe('a session', () => {
  test('has empty parts while nothing is told of them', async () => {
    const { ask } = createDialectTest()
    await ask('PUT', `${base}/1`, session)
    expect((await ask('GET', `${base}/transcript/1`)).body).toEqual({ session_id: '1', transcription: [], actions: [] })
    expect((await ask('GET', `${base}/full-summary/1`)).body).toEqual({})
    expect((await ask('GET', `${base}/timeline/1`)).body).toEqual({ session_id: '1', session_start: session.timestamp, events: [] })
    expect((await ask('GET', `${base}/latency/1`)).body).toEqual({ session_id: '1', timeline: [] })
    for (const [part, name, method] of parts) expect(findProblems((await ask(method, `${base}/${part}/1`)).body, `#/$defs/${name}`)).toEqual([])
  })

  test('is looked at by its number, or the one of its channel, with what its tools have answered', async () => {
    const { ask } = createDialectTest()
    const debug = '/api/v1/session_debug'
    await ask('PUT', `${base}/1`, { ...session, channel_manager_service: 'sip', channel_manager_sid: 'CA1', source: '+31201234567' })
    await ask('PUT', `${base}/transcript/1`, transcript)
    const { body } = await ask<{ messages: Json[] }>('GET', `${debug}/session_id/1`)
    expect(findProblems(body, '#/$defs/SessionData')).toEqual([])
    expect(body).toMatchObject({ session_id: 1, source: '+31201234567', is_test: false })
    expect(body.messages.map(({ role, dialog, tool_calls: calls }) => [role, dialog, (calls as Json[]).length])).toEqual([
      ['agent', { text: 'Hello' }, 0],
      ['user', { text: 'My parcel?' }, 0],
      ['agent', { text: '' }, 1],
    ])
    expect((await ask('GET', `${debug}/sid/sip/CA1`)).body).toEqual(body)
    expect((await ask('GET', `${debug}/tool_result/1/1`)).body).toEqual({ tool_name: 'find_parcel', tool_result: '{"at":"Utrecht"}' })
    for (const path of ['session_id/2', 'sid/sip/CA2', 'tool_result/1/2']) expect((await ask('GET', `${debug}/${path}`)).status).toBe(404)
    const written = { session_id: 1, source: 'a', target: 'b', is_test: true, messages: [], more: 'is kept' }
    expect((await ask('PUT', `${debug}/session_id/1`, written)).status).toBe(200)
    expect((await ask('GET', `${debug}/sid/sip/CA1`)).body).toEqual(written)
  })

  test('has a timeline of its transcript and its latencies', async () => {
    const { ask } = createDialectTest()
    await ask('PUT', `${base}/1`, session)
    await ask('PUT', `${base}/transcript/1`, transcript)
    const entry = { timestamp: '2026-08-01T13:00:06Z', measurement_start: '2026-08-01T13:00:04Z', category: 'llm', label: 'first token', unit_type: 'seconds', value: 0.5 }
    await ask('PUT', `${base}/latency/1`, { session_id: '1', timeline: [{ ...entry, value_str: '0.5 s', time_delta: '2 s' }] })
    const { body } = await ask('GET', `${base}/timeline/1`)
    expect(body).toEqual({
      session_id: '1',
      session_start: session.timestamp,
      events: [
        { kind: 'transcript', offset: '00:01', ...transcript.transcription[0] },
        { kind: 'transcript', offset: '00:05', ...transcript.transcription[1] },
        {
          kind: 'tool',
          offset: '00:07',
          timestamp: '2026-08-01T12:00:07Z',
          category: 'tool',
          label: 'find_parcel',
          duration_ms: 120,
          tool_request: '{}',
          tool_result: '{"at":"Utrecht"}',
        },
        { kind: 'latency', offset: '01:00:06', timestamp: '2026-08-01T13:00:06Z', category: 'llm', label: 'first token', duration_ms: 500 },
      ],
    })
    expect(findProblems(body, '#/$defs/SessionTimelineResponse')).toEqual([])
  })

  test('is a conversation', async () => {
    const { ask } = createDialectTest()
    await ask('PUT', `${base}/1`, session)
    await ask('PUT', `${base}/transcript/1`, transcript)
    await ask('PUT', `${base}/full-summary/1`, { summary: 'Asked for a parcel', rating: 'Good' })
    expect((await ask('GET', '/v1/conversations/1')).body).toEqual({
      id: '1',
      type: 'conversation',
      status: 'ended',
      createdDate: '2026-08-01T12:00:00.000Z',
      endedDate: '2026-08-01T12:01:01.500Z',
      durationInSeconds: 62,
      eventCount: 3,
      lastEvent: { id: '1', eventName: 'ended', createdDate: '2026-08-01T12:01:01.500Z' },
      conversation: { id: 'c-1', selfUri: `${base}/1` },
      conversationChannels: [{ type: 'Voice', platform: 'hedy' }],
      conversationSubject: 'Asked for a parcel',
      originatingDirection: 'Inbound',
      lastConnectedUser: { id: 'a-1' },
      lastUserDisconnectType: 'Peer',
      authenticated: false,
      model: { name: 'syllable', selfUri: `${base}/1` },
      selfUri: '/v1/conversations/1',
      sessions: [],
    })
  })

  test('keeps its parts when it is written again, and takes them with it', async () => {
    const { ask } = createDialectTest()
    await ask('PUT', `${base}/1`, session)
    await ask('PUT', `${base}/transcript/1`, transcript)
    await ask('PUT', `${base}/1`, { ...session, duration: 70 })
    expect((await ask('GET', `${base}/transcript/1`)).body).toEqual(transcript)
    expect((await ask('DELETE', `${base}/1`)).status).toBe(204)
    expect(await ask('GET', `${base}/transcript/1`)).toMatchObject({ status: 404, body: { detail: 'Session 1 not found' } })
  })
})

describe('the list', () => {
  const setUp = async () => {
    const { ask } = createDialectTest()
    const given: Json[] = [
      { timestamp: '2026-08-01T12:00:00Z', agent_name: 'Zed', duration: 9, is_test: true, source: '+31201234567' },
      { timestamp: '2026-08-01T14:30:00+02:00', agent_name: 'Ann', duration: 100, is_test: false },
      { timestamp: '2026-08-01T13:00:00Z', agent_name: 'Bob', prompt_version_number: 3 },
    ]
    for (const [place, body] of given.entries()) await ask('PUT', `${base}/${place + 1}`, body)
    const list = async (query = ''): Promise<List> => (await ask<List>('GET', `${base}/${query}`)).body
    return { ask, list, ids: async (query: string) => (await list(query)).items.map(each => each.session_id).join(' ') }
  }

  test('has the newest first, by pages', async () => {
    const { list, ids } = await setUp()
    const whole = await list('?limit=2')
    expect(whole).toMatchObject({ page: 0, page_size: 2, total_pages: 2, total_count: 3 })
    expect(findProblems(whole, '#/$defs/ListResponseSession')).toEqual([])
    expect([await ids(''), await ids('?limit=2'), await ids('?limit=2&page=1'), await ids('?limit=2&page=2')]).toEqual(['3 2 1', '3 2', '1', ''])
  })

  test('is ordered as it is asked', async () => {
    const { ids } = await setUp()
    const cases: [query: string, found: string][] = [
      ['?order_by=timestamp', '1 2 3'],
      ['?order_by=timestamp&order_by_direction=desc', '3 2 1'],
      ['?order_by=agent_name', '2 3 1'],
      ['?order_by=duration&order_by_direction=desc', '2 1 3'],
      ['?order_by=is_test', '2 1 3'],
    ]
    for (const [query, found] of cases) expect([query, await ids(query)]).toEqual([query, found])
  })

  test('is of those that are searched', async () => {
    const { ids } = await setUp()
    const cases: [query: string, found: string][] = [
      ['?search_fields=agent_name&search_field_values=Bob', '3'],
      ['?search_fields=is_test&search_field_values=true', '1'],
      ['?search_fields=duration&search_field_values=100', '2'],
      ['?search_fields=source&search_field_values=%2B31201234567&search_fields=agent_name&search_field_values=Zed', '1'],
      ['?search_fields=source&search_field_values=%2B31201234567&search_fields=agent_name&search_field_values=Bob', ''],
      ['?start_datetime=2026-08-01T12:30:00Z', '3 2'],
      ['?start_datetime=2026-08-01T12:00:00Z&end_datetime=2026-08-01T12:30:00Z', '2 1'],
    ]
    for (const [query, found] of cases) expect([query, await ids(query)]).toEqual([query, found])
  })

  test.each(['UTC', 'Asia/Tokyo', 'America/New_York'])('is of the same instants on a machine in %s, when no zone is said', async zone => {
    vi.stubEnv('TZ', zone)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { ids } = await setUp()
    expect(await ids('?start_datetime=2026-08-01T12:30:00')).toBe('3 2')
  })

  test('has the fields that are asked for', async () => {
    const { list } = await setUp()
    expect((await list('?fields=session_id&fields=agent_name&limit=1')).items).toEqual([{ timestamp: '2026-08-01T13:00:00Z', session_id: '3', agent_name: 'Bob' }])
  })

  test.each([
    ['page=-1', 'page: expected a whole number from 0 to 1000000', 'page'],
    ['order_by=mood', 'order_by: expected one of timestamp', 'order_by'],
    ['order_by_direction=up', 'order_by_direction: expected asc or desc', 'order_by_direction'],
    ['search_fields=source', 'search_field_values: expected as many as search_fields', 'search_field_values'],
    ['start_datetime=yesterday', 'start_datetime: expected a date', 'start_datetime'],
    ['start_datetime=5', 'start_datetime: expected a date', 'start_datetime'],
    ['end_datetime=2026-02-30T00:00:00Z', 'end_datetime: expected a date', 'end_datetime'],
    ['mood=good', 'mood: is not known', 'mood'],
  ])('is refused for ?%s', async (query, msg, name) => {
    const { ask } = await setUp()
    const detail = [{ loc: ['query', name], msg: expect.stringContaining(msg) as string, type: 'value_error' }]
    expect(await ask('GET', `${base}/?${query}`)).toMatchObject({ status: 422, body: { detail } })
  })
})

describe('labels', () => {
  const setUp = async () => {
    const { ask } = createDialectTest()
    for (const id of [7, 8]) await ask('PUT', `${base}/${id}`, { timestamp: '2026-08-01T12:00:00Z' })
    const label = { session_id: 7, type: 'human-rating', code: 'BAD', user_email: 'a@example.com', issue_categories: ['Silent treatment', 'Slow'] }
    return { ask, label }
  }

  test('are numbered, and listed by what is searched', async () => {
    const { ask, label } = await setUp()
    const codes: [number, string][] = [[7, 'BAD'], [8, 'GOOD'], [7, 'N/A']]
    for (const [session_id, code] of codes) await ask('POST', '/api/v1/session_labels/', { ...label, session_id, code })
    const ids = async (query: string) => (await ask<List>('GET', `/api/v1/session_labels/${query}`)).body.items.map(({ id }) => id)
    expect(await ids('?order_by=code')).toEqual([1, 2, 3])
    expect(await ids('?search_fields=session_id&search_field_values=7&order_by=code')).toEqual([1, 3])
    expect(await ids('?search_fields=issue_categories&search_field_values=Slow&limit=1&page=1&order_by=code')).toEqual([2])
    expect(await ids('?search_fields=session_id_list&search_field_values=8,9')).toEqual([2])
  })

  test('belong to whom their session belongs to, also when that becomes known after them', async () => {
    const { ask, label } = await setUp()
    const kinds = async (customer: string) => (await ask<{ conversations: Json[] }>('GET', `/v1/customers/${customer}/export`)).body.conversations.map(({ kind, id }) => [kind, id])
    for (const session_id of [7, 8, 7]) await ask('POST', '/api/v1/session_labels/', { ...label, session_id })
    const session = { timestamp: '2026-08-01T12:00:00Z', customer_id: 'c-1' }
    await ask('PUT', `${base}/7`, session)
    const theirs = [['syllable.label', '1'], ['syllable.label', '3'], ['syllable.session', '7']]
    expect((await kinds('c-1')).sort()).toEqual(theirs)
    await ask('PUT', `${base}/7`, { ...session, customer_id: 'c-2' })
    expect([await kinds('c-1'), (await kinds('c-2')).sort()]).toEqual([[], theirs])
    expect((await ask<List>('GET', '/api/v1/session_labels/?order_by=code')).body.items.map(({ id }) => id)).toEqual([1, 2, 3])
  })

  test('go with their session', async () => {
    const { ask, label } = await setUp()
    for (const session_id of [7, 8, 7]) await ask('POST', '/api/v1/session_labels/', { ...label, session_id })
    await ask('DELETE', `${base}/7`)
    expect((await ask<List>('GET', '/api/v1/session_labels/')).body.items.map(({ id }) => id)).toEqual([2])
    await ask('PUT', `${base}/7`, { timestamp: '2026-08-01T12:00:00Z' })
    expect((await ask<List>('GET', '/api/v1/session_labels/?search_fields=session_id&search_field_values=7')).body.items).toEqual([])
  })

  test('are refused where they are wrong, and where there is no such session', async () => {
    const { ask, label } = await setUp()
    expect(await ask('POST', '/api/v1/session_labels/', { ...label, code: 7 })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'code'], msg: 'code must be string', type: 'value_error' }] },
    })
    expect(await ask('POST', '/api/v1/session_labels/', { ...label, session_id: 9 })).toMatchObject({ status: 404, body: { detail: 'Session 9 not found' } })
    expect((await ask('GET', '/api/v1/session_labels/9')).status).toBe(404)
  })
})

describe('refused is', () => {
  test.each([
    ['{', { loc: ['body'], msg: expect.stringContaining('JSON') as unknown, type: 'value_error' }],
    ['[]', { loc: ['body'], msg: 'must be an object', type: 'value_error' }],
    ['{}', { loc: ['body', 'timestamp'], msg: "must have required property 'timestamp'", type: 'value_error' }],
    ['{"timestamp":1}', { loc: ['body', 'timestamp'], msg: 'timestamp must be string', type: 'value_error' }],
  ])('the body %s, by the place of what is wrong', async (payload, problem) => {
    const { app } = createDialectTest()
    const answer = await app.inject({ method: 'PUT', url: `${base}/1`, headers: { ...authorized, 'content-type': 'application/json' }, payload })
    expect([answer.statusCode, answer.json()]).toEqual([422, { detail: [problem] }])
  })

  test.each([
    [{}, "must have required property 'timestamp'"],
    [{ timestamp: 'now' }, 'timestamp must match format "date-time"'],
    [{ timestamp: '2020-06-30T23:59:60Z' }, 'timestamp must be a date such as 2026-08-01T12:00:00Z'],
    [{ timestamp: '2026-08-01T12:00:00Z', session_id: 'other' }, 'session_id must be the id of the path'],
  ])('the session %j', async (given, msg) => {
    const { ask } = createDialectTest()
    expect(await ask('PUT', `${base}/1`, given)).toMatchObject({ status: 422, body: { detail: expect.arrayContaining([expect.objectContaining({ msg })]) as unknown } })
  })

  test('a part of a session that is not there, or of another one', async () => {
    const { ask } = createDialectTest()
    expect((await ask('PUT', `${base}/transcript/1`, transcript)).status).toBe(404)
    await ask('PUT', `${base}/2`, { timestamp: '2026-08-01T12:00:00Z' })
    expect((await ask('PUT', `${base}/transcript/2`, transcript)).status).toBe(422)
  })

  test('everybody without the key; it may come in the header of their clients', async () => {
    const { ask } = createDialectTest({}, {})
    expect(await ask('GET', `${base}/`)).toMatchObject({ status: 401, body: { detail: 'The API key is missing or wrong' } })
    expect((await createDialectTest({}, { 'syllable-api-key': apiKey }).ask('GET', `${base}/`)).status).toBe(200)
    expect((await createDialectTest({}, { 'syllable-api-key': 'wrong' }).ask('GET', `${base}/`)).status).toBe(401)
  })
})
