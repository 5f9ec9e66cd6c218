import { foreignRefusals, inPath, jsonAnswer } from '../../http/openapiAnswers.ts'

const schemaOf = (name: string) => ({ $ref: `/v1/schemas/genesys-journey-events.json#/$defs/${name}` })

const inQuery = (name: string, description: string) => ({ name, in: 'query', description, schema: { type: 'string' } })

const describe = (what: string, name: 'Web' | 'App') => ({
  post: {
    summary: `Take an event of ${what} as Genesys Cloud does`,
    description: 'Public, by deployment: the id of the site.',
    parameters: [inPath('id')],
    requestBody: { required: true, ...jsonAnswer(schemaOf(`${name}EventRequest`)) },
    responses: { 200: { description: 'The event is durable, and in that session.', ...jsonAnswer(schemaOf(`${name}EventResponse`)) }, ...foreignRefusals(400, 403, 404, 429) },
  },
})

const base = '/api/v2/journey/deployments/{id}'

/** What pages and apps send in the words of Genesys Cloud journey. */
export const deploymentPaths = {
  [`${base}/webevents`]: describe('a website', 'Web'),
  [`${base}/appevents`]: describe('an app', 'App'),
  [`${base}/actionevent`]: {
    post: {
      summary: 'Take what became of an action as Genesys Cloud does',
      parameters: [inPath('id')],
      requestBody: { required: true, ...jsonAnswer(schemaOf('ActionEventRequest')) },
      responses: { 204: { description: 'It is durable.' }, ...foreignRefusals(400, 403, 404, 429) },
    },
  },
  [`${base}/customers/{visitor}/ping`]: {
    get: {
      summary: 'Ask for actions as pages do at Genesys Cloud, and when to ask again',
      parameters: [inPath('id'), inPath('visitor'), inQuery('sessionId', 'The session.'), inQuery('dl', 'What the visitor looks at: without it there are no actions.'), inQuery('sinceLastBeaconMilliseconds', 'Since something was sent.')],
      responses: { 200: { description: 'Actions that the page has yet to show, and when to ask again.', ...jsonAnswer(schemaOf('DeploymentPing')) }, ...foreignRefusals(400, 403, 404, 429) },
    },
  },
}
