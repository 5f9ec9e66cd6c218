import { documentCodes, inPath, jsonAnswer, refer, refusals, secured } from '../http/openapiAnswers.ts'

const id = inPath('id')

const conversation = { description: 'The conversation.', ...jsonAnswer(refer('Conversation')) }

/** What can be asked for about conversations. */
export const conversationPaths = {
  '/v1/conversations': {
    post: {
      summary: 'Write a conversation',
      description: 'One of the same id is replaced: so that a call can be told of when it begins, and again when it is over.',
      security: secured,
      requestBody: { required: true, ...jsonAnswer(refer('ConversationRequest')) },
      responses: { 200: conversation, 201: conversation, ...refusals('invalid-api-key', ...documentCodes) },
    },
  },
  '/v1/conversations/{id}': {
    get: {
      summary: 'Get one conversation, in whatever model it was written',
      security: secured,
      parameters: [id],
      responses: { 200: conversation, ...refusals('invalid-api-key', 'conversation-not-found') },
    },
    delete: {
      summary: 'Remove a conversation that was written here',
      security: secured,
      parameters: [id],
      responses: { 204: { description: 'It is gone.' }, ...refusals('invalid-api-key', 'conversation-not-found', 'storage-unavailable') },
    },
  },
  '/v1/sessions/{id}/conversations': {
    get: {
      summary: 'List the conversations that grew from a web session, oldest first',
      security: secured,
      parameters: [{ ...id, schema: { type: 'string', format: 'uuid' } }],
      responses: { 200: { description: 'All of them.', ...jsonAnswer(refer('ConversationList')) }, ...refusals('invalid-api-key', 'session-not-found') },
    },
  },
}
