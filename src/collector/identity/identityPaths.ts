import { jsonAnswer, refer, refusals, secured } from '../http/openapiAnswers.ts'

const count = { type: 'integer', minimum: 0 } as const
const instant = { type: 'string', format: 'date-time' } as const

const inPath = (description: string) => ({ name: 'id', in: 'path', required: true, description, schema: { type: 'string' } })

const atSite = { name: 'site', in: 'query', description: 'Only at this site.', schema: { type: 'string' } }
const ofType = { name: 'type', in: 'query', description: 'Only the customer whose id is of this type.', schema: { type: 'string' } }

const erase = (whose: string, parameters: object[]) => ({
  delete: {
    summary: `Erase everything of a ${whose}`,
    description: 'From the Sessions, the event log, the conversations and the files. Goes on after the answer, and after a restart, where it takes long.',
    security: secured,
    parameters,
    responses: {
      200: { description: 'It is done.', ...jsonAnswer(refer('Erasure')) },
      202: { description: 'It is under way: `Location` says where to look after it.', ...jsonAnswer(refer('Erasure')) },
      ...refusals('invalid-query', 'invalid-api-key', 'storage-unavailable'),
    },
  },
})

const give = (whose: string, parameters: object[]) => ({
  get: {
    summary: `Get everything of a ${whose} as one file`,
    security: secured,
    parameters,
    responses: { 200: { description: 'Sessions with their events, and conversations.', ...jsonAnswer(refer('Export')) }, ...refusals('invalid-query', 'invalid-api-key', 'not-ready') },
  },
})

const ofCustomer = [inPath('The customer id, as pages name it.'), ofType, atSite]
const ofVisitor = [inPath('The visitor id: a browser.'), atSite]

/** Paths of `identityRoutes`. */
export const identityPaths = {
  '/v1/customers/{id}': erase('customer', ofCustomer),
  '/v1/customers/{id}/export': give('customer', ofCustomer),
  '/v1/visitors/{id}': erase('visitor', ofVisitor),
  '/v1/visitors/{id}/export': give('visitor', ofVisitor),
  '/v1/erasures/{id}': {
    get: {
      summary: 'Look after an erasure',
      security: secured,
      parameters: [inPath('What `Location` said.')],
      responses: { 200: { description: 'The erasure.', ...jsonAnswer(refer('Erasure')) }, ...refusals('invalid-api-key', 'erasure-not-found') },
    },
  },
}

/** Schemas that those paths refer to. */
export const identitySchemas = {
  Erasure: {
    type: 'object',
    description: 'Says nothing about whom it is about.',
    properties: {
      id: { type: 'string', format: 'uuid' },
      status: { enum: ['running', 'done'] },
      createdDate: instant,
      endedDate: instant,
      progress: { type: 'object', properties: { done: count, total: count }, required: ['done', 'total'] },
      erased: {
        type: 'object',
        properties: { sessions: count, batches: { ...count, description: 'Batches of the event log that were changed.' } },
        required: ['sessions', 'batches'],
      },
    },
    required: ['id', 'status', 'createdDate'],
  },
  Export: {
    type: 'object',
    properties: {
      exportedDate: instant,
      customer: { type: 'object' },
      visitor: { type: 'object' },
      sessions: { type: 'array', items: refer('ExportedSession') },
      conversations: { type: 'array', items: { type: 'object', properties: { kind: { type: 'string' }, id: { type: 'string' }, body: { type: 'object' } } } },
    },
    required: ['exportedDate', 'sessions', 'conversations'],
  },
}
