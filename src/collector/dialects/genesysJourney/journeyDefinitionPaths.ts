import { foreignRefusals, inQuery, jsonAnswer, refer, secured } from '../../http/openapiAnswers.ts'

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

const style = inQuery('case', '`snake`: fields are named as in the vendor’s Python client.', { enum: ['snake'] })

const toListParameters = (ids: string) => [
  inQuery('pageSize', 'Entities of a page.'),
  inQuery('pageNumber', 'From 1 on.'),
  inQuery('sortBy', 'A field.'),
  inQuery('isActive', '`true` or `false`.'),
  inQuery(ids, 'Those of these ids, by commas.'),
  inQuery('queryFields', 'Fields that a text is looked for in.'),
  inQuery('queryValue', 'A part of the text.'),
  style,
]

const describe = (plural: 'segments' | 'outcomes', one: 'Segment' | 'Outcome') => {
  const found = { 200: { description: `The ${one.toLowerCase()}.`, ...jsonAnswer(refer(one)) } }
  const body = { required: true, ...jsonAnswer(refer(`${one}Request`)) }
  return {
    [`/api/v2/journey/${plural}`]: {
      get: {
        summary: `List ${plural} as Genesys Cloud does`,
        security: secured,
        parameters: toListParameters(`${one.toLowerCase()}Ids`),
        responses: { 200: { description: 'A page of the list.', ...jsonAnswer({ type: 'object' }) }, ...foreignRefusals(400, 401, 429) },
      },
      post: { summary: `Create one of the ${plural} as Genesys Cloud does`, security: secured, parameters: [style], requestBody: body, responses: { ...found, ...foreignRefusals(400, 401, 429) } },
    },
    [`/api/v2/journey/${plural}/{id}`]: {
      get: { summary: `Get one of the ${plural} as Genesys Cloud does`, security: secured, parameters: [id, style], responses: { ...found, ...foreignRefusals(401, 404, 429) } },
      patch: {
        summary: `Change one of the ${plural} as Genesys Cloud does`,
        security: secured,
        parameters: [id, style],
        requestBody: { required: true, ...jsonAnswer({ type: 'object' }) },
        responses: { ...found, ...foreignRefusals(400, 401, 404, 429) },
      },
      delete: {
        summary: `Remove one of the ${plural} as Genesys Cloud does`,
        security: secured,
        parameters: [id],
        responses: { 204: { description: 'It is gone.' }, ...foreignRefusals(401, 404, 429) },
      },
    },
  }
}

/** What can be asked for about segments and outcomes in the words of Genesys Cloud journey. */
export const journeyDefinitionPaths = { ...describe('segments', 'Segment'), ...describe('outcomes', 'Outcome') }
