import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCall } from '../../test/collector/dialects/aCall.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { connectGenesys, type GenesysClient } from './connectGenesys.ts'

let collector: Collector
let client: GenesysClient
beforeAll(async () => {
  collector = await startCollector()
  client = connectGenesys(collector)
})
afterAll(() => collector.stop())

const path = '/api/v2/analytics/conversations/{conversationId}/details'
const write = (body: object, conversationId: string): Promise<object> => client.call(path, { method: 'POST', pathParams: { conversationId }, body })

test('a call that was written is read', async () => {
  const { conversationId } = aCall
  expect(await write(aCall, conversationId)).toEqual(aCall)
  expect(await client.analytics.getAnalyticsConversationDetails(conversationId)).toEqual(aCall)
  await write({ participants: [] }, 'other')
  expect(await client.analytics.getAnalyticsConversationsDetails({ id: ['other', 'nobody', conversationId] })).toEqual({
    conversations: [{ participants: [], conversationId: 'other' }, aCall],
  })
})

describe('the client throws', () => {
  test('404 for a conversation that is not there', () =>
    expect(client.analytics.getAnalyticsConversationDetails('nobody')).rejects.toMatchObject({ status: 404, code: 'not.found' }))

  test('400 for what is wrong', async () => {
    await expect(write({ participants: 'none' }, 'x')).rejects.toMatchObject({ status: 400, code: 'bad.request', message: 'participants must be array' })
    await expect(client.analytics.getAnalyticsConversationsDetails({})).rejects.toMatchObject({ status: 400 })
  })

  test('401 for a wrong key', () =>
    expect(connectGenesys({ url: collector.url, apiKey: 'wrong-wrong-wrong-wrong' }).analytics.getAnalyticsConversationDetails('x')).rejects.toMatchObject({
      status: 401,
      code: 'authentication.required',
    }))

  test('429 for too much', async () => {
    const busy = await startCollector({ config: { sites: [], rateLimits: { api: { perSecond: 0.01, burst: 1 } } } })
    try {
      const impatient = connectGenesys(busy)
      await expect(impatient.analytics.getAnalyticsConversationDetails('x')).rejects.toMatchObject({ status: 404 })
      await expect(impatient.analytics.getAnalyticsConversationDetails('x')).rejects.toMatchObject({ status: 429, code: 'too.many.requests' })
    } finally {
      await busy.stop()
    }
  })
})
