import { expect, test } from 'vitest'
import { aCall } from '../../test/collector/dialects/aCall.ts'
import { connectGenesys } from './connectGenesys.ts'
import { setUpCollector } from './setUpCollector.ts'

const collector = setUpCollector()

test('a call that was written is read', async () => {
  const { analytics, call } = connectGenesys(collector())
  const write = (body: object, id: string): Promise<object> =>
    call('/api/v2/analytics/conversations/{id}/details', { method: 'POST', pathParams: { id }, body })
  const { conversationId } = aCall
  expect(await write(aCall, conversationId)).toEqual(aCall)
  expect(await analytics.getAnalyticsConversationDetails(conversationId)).toEqual(aCall)
  await write({ participants: [] }, 'other')
  expect(await analytics.getAnalyticsConversationsDetails({ id: ['other', 'nobody', conversationId] })).toEqual({
    conversations: [{ participants: [], conversationId: 'other' }, aCall],
  })
})
