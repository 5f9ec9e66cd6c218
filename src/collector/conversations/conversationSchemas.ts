import { ownConversationSchema } from './ownConversationSchema.ts'

const text = { type: 'string' } as const

const { properties } = ownConversationSchema
const { id: _id, sessionId: _sessionId, phoneNumber: _phoneNumber, ...shared } = properties

/** Schemas that the paths of conversations refer to. */
export const conversationSchemas = {
  ConversationRequest: ownConversationSchema,
  Conversation: {
    type: 'object',
    description: 'A call, chat or exchange of messages as a Session. What was written in Sojourn’s own model comes with everything that was in it.',
    properties: {
      ...shared,
      id: text,
      type: { const: 'conversation' },
      status: { enum: ['active', 'ended'] },
      durationInSeconds: { type: 'integer', minimum: 0 },
      eventCount: { type: 'integer', minimum: 0 },
      lastEvent: {
        type: 'object',
        properties: { id: text, eventName: text, createdDate: { type: 'string', format: 'date-time' } },
        required: ['id', 'eventName', 'createdDate'],
      },
      conversation: { type: 'object', properties: { id: text, selfUri: text } },
      authenticated: { type: 'boolean' },
      model: { type: 'object', description: 'In whose model it was written, and where that is read.', properties: { name: text, selfUri: text } },
      selfUri: text,
      sessions: { type: 'array', items: text, description: 'Ids of the web sessions that it grew from.' },
      site: { ...text, description: 'Id of their site.' },
    },
    required: ['id', 'type', 'status', 'createdDate', 'eventCount', 'lastEvent', 'authenticated', 'model', 'selfUri', 'sessions'],
  },
  ConversationList: { type: 'object', properties: { entities: { type: 'array', items: { $ref: '#/components/schemas/Conversation' } } }, required: ['entities'] },
}
