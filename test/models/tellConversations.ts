import { expect } from 'vitest'
import { fullOf } from './fullOf.ts'
import { models, type Stage } from './openStage.ts'

/** What the journey Session says of conversations alone. */
const isOfConversation = (name: string): boolean => /^(conversation|originatingDirection|last(Connected|User|Acd)|case|external|divisionIds|customerId)/.test(name)

/** Calls and chats are written in Sojourn's model and in the vendor's analytics, and read as Sessions and as what they were. */
export const tellConversations = async (stage: Stage): Promise<void> => {
  const full = Object.entries(fullOf(models.session.schema, { whole: 'Session' })).filter(([name]) => isOfConversation(name))
  const call = { ...Object.fromEntries(full), id: 'call-1', createdDate: new Date(Date.now() - 60_000).toISOString(), endedDate: new Date().toISOString() }
  expect((await stage.ask(['POST', '/v1/conversations', call])).status).toBe(201)
  expect(await stage.see('session', 'Session', ['GET', '/api/v2/journey/sessions/call-1'])).toMatchObject(Object.fromEntries(full.filter(([name]) => name !== 'conversation')))

  const details = fullOf(models.analytics.schema, { whole: 'AnalyticsConversation', named: { conversationId: 'call-2', messageType: 'sms' } })
  const path = '/api/v2/analytics/conversations/call-2/details'
  await stage.see('analytics', 'AnalyticsConversation', ['POST', path, details])
  expect(await stage.see('analytics', 'AnalyticsConversation', ['GET', path])).toEqual(details)
  await stage.see('session', 'Session', ['GET', '/api/v2/journey/sessions/call-2'])
}
