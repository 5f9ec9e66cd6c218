import { documentCodes, inPath, jsonAnswer, refer, refusals, secured } from '../http/openapiAnswers.ts'

const action = { description: 'The action.', ...jsonAnswer(refer('WebAction')) }

/** What can be asked for about actions. */
export const actionPaths = {
  '/v1/sessions/{id}/actions': {
    post: {
      summary: 'Offer something to the visitor of a session',
      description: 'The next ping of its page is answered with it. One of the same id is replaced, while the page has not shown it.',
      security: secured,
      parameters: [inPath('id')],
      requestBody: { required: true, ...jsonAnswer(refer('WebActionRequest')) },
      responses: { 200: action, 201: action, ...refusals('invalid-api-key', 'session-not-found', 'session-ended', 'action-seen', ...documentCodes) },
    },
    get: {
      summary: 'List what was offered to the visitor of a session, oldest first',
      security: secured,
      parameters: [inPath('id')],
      responses: { 200: { description: 'All of it.', ...jsonAnswer(refer('WebActionList')) }, ...refusals('invalid-api-key', 'session-not-found') },
    },
  },
  '/v1/sessions/{id}/actions/{action}': {
    delete: {
      summary: 'Take an action back that the page has not shown',
      security: secured,
      parameters: [inPath('id'), inPath('action')],
      responses: { 204: { description: 'It is gone.' }, ...refusals('invalid-api-key', 'session-not-found', 'action-not-found', 'action-seen', 'storage-unavailable') },
    },
  },
}
