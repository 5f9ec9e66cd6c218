import analyticsConversation from './genesysAnalytics/analyticsConversation.json' with { type: 'json' }
import syllableSession from './syllable/syllableSession.json' with { type: 'json' }
import vapiSession from './vapi/vapiSession.json' with { type: 'json' }

/** Models of other vendors as JSON Schemas, by the name under which they are served. */
export const dialectSchemas: Readonly<Record<string, object>> = {
  'genesys-analytics-conversation.json': analyticsConversation,
  'syllable-session.json': syllableSession,
  'vapi-session.json': vapiSession,
}
