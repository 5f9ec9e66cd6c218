import { foreignRefusals, jsonAnswer, secured } from '../../http/openapiAnswers.ts'
import { methodOf, syllableDebugPath, syllableParts, toPartPath, type SyllablePart } from './syllableSession.ts'

const schemaOf = (part?: string) => ({ $ref: `/v1/schemas/syllable-session.json${part === undefined ? '' : `#/$defs/${part}`}` })

const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })

const id = inPath('id')

const inQuery = (name: string, description: string) => ({ name, in: 'query', description, schema: { type: 'string' } })

const listParameters = [
  inQuery('page', 'Counted from 0.'),
  inQuery('limit', 'Items of a page.'),
  inQuery('search_fields', 'Properties, again and again.'),
  inQuery('search_field_values', 'The value of each.'),
  inQuery('order_by', 'A property.'),
  inQuery('order_by_direction', '`asc` or `desc`.'),
  inQuery('fields', 'Properties that items are to have.'),
  inQuery('start_datetime', 'Of that instant or later.'),
  inQuery('end_datetime', 'Of that instant or earlier.'),
]

const invalid = { 422: { description: 'The request is wrong.', ...jsonAnswer({ type: 'object' }) } }

const names: Record<SyllablePart, string> = {
  transcript: 'SessionTranscriptionResponse',
  'full-summary': 'SessionSummaryResponse',
  timeline: 'SessionTimelineResponse',
  latency: 'InspectLatencyResponse',
  recording: 'SessionRecordingResponse',
  debug: 'SessionData',
}

const describeReading = (what: string, schema: object, parameters = [id]) => ({
  summary: `Get ${what} as Syllable does`,
  security: secured,
  parameters,
  responses: { 200: { description: 'It.', ...jsonAnswer(schema) }, ...foreignRefusals(401, 404, 429) },
})

const describe = (what: string, schema: object, method: 'GET' | 'POST' = 'GET') => ({
  [method.toLowerCase()]: describeReading(what, schema),
  put: {
    summary: `Write ${what}`,
    security: secured,
    parameters: [id],
    requestBody: { required: true, ...jsonAnswer(schema) },
    responses: { 200: { description: 'It, as it is kept.', ...jsonAnswer(schema) }, ...foreignRefusals(400, 401, 404, 429), ...invalid },
  },
})

const parts = Object.fromEntries(syllableParts.map(part => [`${toPartPath(part)}{id}`, describe(`the ${part} of a session`, schemaOf(names[part]), methodOf(part))]))

const label = { description: 'The label.', ...jsonAnswer(schemaOf('SessionLabel')) }

/** What can be asked for in the words of Syllable. */
export const syllablePaths = {
  '/api/v1/sessions/': {
    get: {
      summary: 'List sessions as Syllable does',
      security: secured,
      parameters: listParameters,
      responses: { 200: { description: 'A page of the list.', ...jsonAnswer(schemaOf('ListResponseSession')) }, ...foreignRefusals(401, 429), ...invalid },
    },
  },
  '/api/v1/sessions/{id}': {
    ...describe('a session', schemaOf()),
    delete: { summary: 'Remove a session and its parts', security: secured, parameters: [id], responses: { 204: { description: 'It is gone.' }, ...foreignRefusals(401, 404, 429) } },
  },
  ...parts,
  [`${syllableDebugPath}/sid/{service}/{sid}`]: { get: describeReading('a session', schemaOf('SessionData'), [inPath('service'), inPath('sid')]) },
  [`${syllableDebugPath}/tool_result/{id}/{call}`]: { get: describeReading('what a tool has answered', schemaOf('ToolResultData'), [id, inPath('call')]) },
  '/api/v1/session_labels/': {
    get: {
      summary: 'List labels as Syllable does',
      security: secured,
      parameters: listParameters,
      responses: { 200: { description: 'A page of the list.', ...jsonAnswer({ type: 'object' }) }, ...foreignRefusals(401, 429), ...invalid },
    },
    post: {
      summary: 'Label a session as Syllable does',
      security: secured,
      requestBody: { required: true, ...jsonAnswer(schemaOf('SessionLabelCreate')) },
      responses: { 200: label, ...foreignRefusals(400, 401, 404, 429), ...invalid },
    },
  },
  '/api/v1/session_labels/{id}': {
    get: { summary: 'Get a label as Syllable does', security: secured, parameters: [id], responses: { 200: label, ...foreignRefusals(401, 404, 429) } },
  },
}
