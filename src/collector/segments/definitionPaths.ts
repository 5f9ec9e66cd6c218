import { jsonAnswer, refer, refusals, secured } from '../http/openapiAnswers.ts'

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: '`ETag` of the list that the caller has seen: the list is not replaced when it is another by now.',
  schema: { type: 'string' },
}

const describe = (plural: string, one: string) => {
  const list = refer(`${one}List`)
  const found = { 200: { description: `The ${plural}.`, headers: { ETag: { schema: { type: 'string' } } }, ...jsonAnswer(list) } }
  return {
    [`/v1/${plural}`]: {
      get: { summary: `List the definitions of ${plural}`, security: secured, responses: { ...found, ...refusals('invalid-api-key') } },
      put: {
        summary: `Replace the definitions of ${plural}`,
        description: 'Those of the configuration are not used from then on.',
        security: secured,
        parameters: [ifMatch],
        requestBody: { required: true, ...jsonAnswer({ type: 'object', properties: { entities: { type: 'array', items: refer(`${one}Request`) } }, required: ['entities'] }) },
        responses: {
          ...found,
          ...refusals('malformed-text', 'malformed-json', 'too-deep', 'invalid-definition', 'invalid-api-key', 'body-too-slow', 'definitions-changed'),
          ...refusals('batch-too-large', 'unsupported-media-type', 'busy', 'storage-unavailable'),
        },
      },
      delete: {
        summary: `Go back to the ${plural} of the configuration`,
        security: secured,
        parameters: [ifMatch],
        responses: { ...found, ...refusals('invalid-api-key', 'definitions-changed', 'storage-unavailable') },
      },
    },
    [`/v1/${plural}/{id}`]: {
      get: {
        summary: `Get one definition of ${plural}`,
        security: secured,
        parameters: [id],
        responses: { 200: { description: 'The definition.', ...jsonAnswer(refer(one)) }, ...refusals('invalid-api-key', 'definition-not-found') },
      },
    },
  }
}

/** What can be asked for about segments and outcomes. */
export const definitionPaths = { ...describe('segments', 'Segment'), ...describe('outcomes', 'Outcome') }
