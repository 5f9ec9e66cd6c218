import analyticsConversation from './genesysAnalytics/analyticsConversation.json' with { type: 'json' }
import journeyEvents from './genesysJourney/journeyEvents.json' with { type: 'json' }
import journeySegments from './genesysJourney/journeySegments.json' with { type: 'json' }
import journeySession from './genesysJourney/journeySession.json' with { type: 'json' }
import syllableSession from './syllable/syllableSession.json' with { type: 'json' }
import vapiSession from './vapi/vapiSession.json' with { type: 'json' }

/** Models of other vendors as JSON Schemas, by the name under which they are served. */
export const dialectSchemas: Readonly<Record<string, object>> = {
  'genesys-analytics-conversation.json': analyticsConversation,
  'genesys-journey-events.json': journeyEvents,
  'genesys-journey-segments.json': journeySegments,
  'genesys-journey-session.json': journeySession,
  'syllable-session.json': syllableSession,
  'vapi-session.json': vapiSession,
}
