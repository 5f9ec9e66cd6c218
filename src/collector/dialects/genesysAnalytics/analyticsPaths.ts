import { foreignRefusals, jsonAnswer, secured } from '../../http/openapiAnswers.ts'

const schema = { $ref: '/v1/schemas/genesys-analytics-conversation.json' }

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

const style = { name: 'case', in: 'query', description: '`snake`: fields are named as in the vendor’s Python client.', schema: { enum: ['snake'] } }

const conversation = { description: 'The conversation, with its participants.', ...jsonAnswer(schema) }

/** What can be asked for in the words of Genesys Cloud analytics. */
export const analyticsPaths = {
  '/api/v2/analytics/conversations/{id}/details': {
    get: {
      summary: 'Get the details of a conversation as Genesys Cloud does',
      security: secured,
      parameters: [id, style],
      responses: { 200: conversation, ...foreignRefusals(401, 404, 429) },
    },
    post: {
      summary: 'Write the details of a conversation',
      description: 'One of the same id is replaced.',
      security: secured,
      parameters: [id, style],
      requestBody: { required: true, ...jsonAnswer(schema) },
      responses: { 200: conversation, ...foreignRefusals(400, 401, 429) },
    },
  },
  '/api/v2/analytics/conversations/details': {
    get: {
      summary: 'Get the details of several conversations as Genesys Cloud does',
      security: secured,
      parameters: [{ name: 'id', in: 'query', description: 'Ids, by commas or again and again.', schema: { type: 'string' } }, style],
      responses: {
        200: { description: 'Those that there are.', ...jsonAnswer({ type: 'object', properties: { conversations: { type: 'array', items: schema } } }) },
        ...foreignRefusals(400, 401, 429),
      },
    },
  },
}
