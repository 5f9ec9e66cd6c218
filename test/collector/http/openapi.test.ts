import { afterAll, expect, test } from 'vitest'
import { createScriptVariants } from '../../../src/collector/http/createScriptVariants.ts'
import { toStaticFile } from '../../../src/collector/http/staticFiles.ts'
import { createTestEndpoint } from '../createTestEndpoint.ts'

const page = toStaticFile('index.html', Buffer.from(''))

const { app, get } = createTestEndpoint({ files: { script: createScriptVariants(Buffer.from(''), []), parts: new Map(['session', 'check', 'links', 'message', 'history', 'lease', 'sources'].map(name => [`sojourn-${name}.js`, page])), livePage: new Map([['index.html', page]]), demo: new Map([['index.html', page]]) } })
afterAll(() => app.close())

interface Document {
  openapi: string
  paths: Record<string, Record<string, { security?: object[]; responses: Record<string, object>; parameters?: { name: string; in: string }[] }>>
  components: { schemas: Record<string, object> }
}

const document = async (): Promise<Document> => (await get('/v1/openapi.json', {})).json()

/** Routes as `GET /path/{name}`, read from the tree that the framework prints. */
const listRoutes = async (): Promise<string[]> => {
  await app.ready()
  const trail: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .filter(Boolean)
    .flatMap(line => {
      const [, indent = '', path = '', methods = ''] = /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
      trail.splice(indent.length / 4 - 1, Infinity, path)
      const whole = trail.join('').replaceAll(/:(\w+)/g, '{$1}').replace(/\/?\*$/, '/{path}')
      return methods.split(', ').filter(method => !['', 'HEAD', 'OPTIONS'].includes(method)).map(method => `${method} ${whole}`)
    })
}

test('lists every route, and no other', async () => {
  const { openapi, paths } = await document()
  const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`))
  // A redirect to the demo is no part of the API.
  const routes = (await listRoutes()).filter(route => route !== 'GET /demo')
  expect(openapi).toMatch(/^3\.1/)
  expect(described.sort()).toEqual(routes.sort())
})

test('refers to nothing that is not in it', async () => {
  const whole = await document()
  const references = [...JSON.stringify(whole).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!)
  expect(references.length).toBeGreaterThan(10)
  expect(references.filter(name => !(name in whole.components.schemas))).toEqual([])
})

test('names the parameters of each path, and who needs the key', async () => {
  const { paths } = await document()
  for (const [path, methods] of Object.entries(paths)) {
    for (const { parameters = [], responses, security } of Object.values(methods)) {
      const inPath = parameters.filter(parameter => parameter.in === 'path').map(({ name }) => `{${name}}`)
      expect(inPath).toEqual(path.match(/{\w+}/g) ?? [])
      expect('401' in responses, path).toBe(path === '/v1/events' || security !== undefined)
    }
  }
})

test.each(['segment', 'outcome'])('names what lists of %ss may be asked for by clients of Genesys Cloud', async kind => {
  const { paths } = await document()
  const { parameters = [] } = paths[`/api/v2/journey/${kind}s`]!.get!
  const named = parameters.map(({ name }) => name)
  expect(named).toEqual(['pageSize', 'pageNumber', 'sortBy', 'isActive', `${kind}Ids`, 'queryFields', 'queryValue', 'case'])
})
