import { afterAll, beforeAll, expect, test } from 'vitest'
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
