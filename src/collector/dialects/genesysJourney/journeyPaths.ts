import { foreignRefusals, jsonAnswer, secured } from '../../http/openapiAnswers.ts'

const session = { $ref: '/v1/schemas/genesys-journey-session.json' }

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

const inQuery = (name: string, description: string) => ({ name, in: 'query', description, schema: { type: 'string' } })

const style = { name: 'case', in: 'query', description: '`snake`: fields are named as in the vendor’s Python client.', schema: { enum: ['snake'] } }

const paging = [inQuery('pageSize', 'Entities of a page, 200 at most.'), inQuery('after', 'What `nextUri` of the page before says.')]

const listOf = (items: object) => jsonAnswer({ type: 'object', properties: { entities: { type: 'array', items }, nextUri: { type: 'string' }, selfUri: { type: 'string' } } })

/** What can be asked for in the words of Genesys Cloud journey. */
export const journeyPaths = {
  '/api/v2/journey/sessions/{id}': {
    get: {
      summary: 'Get a Session as Genesys Cloud does',
      security: secured,
      parameters: [id, style],
      responses: { 200: { description: 'The Session, of a visit or of a conversation.', ...jsonAnswer(session) }, ...foreignRefusals(401, 404, 429) },
    },
  },
  '/api/v2/journey/sessions/{id}/events': {
    get: {
      summary: 'List the events of a Session as Genesys Cloud does',
      security: secured,
      parameters: [id, ...paging, inQuery('eventType', 'Types by commas, e.g. `com.genesys.journey.WebEvent`.'), style],
      responses: {
        200: { description: 'A page of the list.', ...jsonAnswer({ $ref: '/v1/schemas/genesys-journey-events.json#/$defs/EventListing' }) },
        ...foreignRefusals(400, 401, 404, 429),
      },
    },
  },
  '/api/v2/externalcontacts/contacts/{id}/journey/sessions': {
    get: {
      summary: 'List the Sessions of a customer as Genesys Cloud does',
      security: secured,
      parameters: [id, ...paging, style],
      responses: { 200: { description: 'A page of the list.', ...listOf(session) }, ...foreignRefusals(400, 401, 404, 429) },
    },
  },
  '/api/v2/externalcontacts/contacts/{id}/journey/segments': {
    get: {
      summary: 'List the segments that a customer has as Genesys Cloud does',
      security: secured,
      parameters: [id, inQuery('limit', 'Segments, 500 at most.'), style],
      responses: { 200: { description: 'The list.', ...listOf({ type: 'object' }) }, ...foreignRefusals(400, 401, 404, 429) },
    },
  },
}
