import { foreignRefusals, jsonAnswer, secured } from '../../http/openapiAnswers.ts'

const schemaOf = (part = '') => ({ $ref: `/v1/schemas/vapi-session.json${part}` })

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

const session = { description: 'The session.', ...jsonAnswer(schemaOf()) }

const inQuery = (name: string, description: string) => ({ name, in: 'query', description, schema: { type: 'string' } })

const bodyOf = (part: string) => ({ required: true, ...jsonAnswer(schemaOf(part)) })

/** What can be asked for in the words of Vapi. */
export const vapiPaths = {
  '/session': {
    get: {
      summary: 'List sessions as Vapi does',
      security: secured,
      parameters: [
        inQuery('page', 'Counted from 1.'),
        inQuery('limit', 'Sessions of a page, 100 when it does not say.'),
        inQuery('sortOrder', '`DESC` or `ASC`.'),
        inQuery('assistantId', 'And every other filter of theirs: see docs/dialects/vapi.md.'),
      ],
      responses: {
        200: { description: 'A page of the list.', ...jsonAnswer(schemaOf('#/$defs/SessionPaginatedResponse')) },
        ...foreignRefusals(400, 401, 429),
      },
    },
    post: {
      summary: 'Create a session as Vapi does',
      security: secured,
      requestBody: bodyOf('#/$defs/CreateSessionDTO'),
      responses: { 201: session, ...foreignRefusals(400, 401, 429) },
    },
  },
  '/session/{id}': {
    get: { summary: 'Get a session as Vapi does', security: secured, parameters: [id], responses: { 200: session, ...foreignRefusals(401, 404, 429) } },
    patch: {
      summary: 'Change a session as Vapi does',
      security: secured,
      parameters: [id],
      requestBody: bodyOf('#/$defs/UpdateSessionDTO'),
      responses: { 200: session, ...foreignRefusals(400, 401, 404, 429) },
    },
    delete: { summary: 'Delete a session as Vapi does', security: secured, parameters: [id], responses: { 200: session, ...foreignRefusals(401, 404, 429) } },
  },
}
