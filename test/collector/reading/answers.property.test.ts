import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event } from '../../../src/model/index.ts'
import { batchSchema, eventSchemas } from '../../../src/model/schema.ts'
import { idOf, opening, start } from '../batches.ts'
import { arbitraryOf, seed } from '../dialects/arbitraryOf.ts'
import { createSchemaCheck } from '../dialects/createDialectTest.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'

interface Document {
  paths: Record<string, { get?: { responses: Record<string, { content?: { 'application/json'?: { schema: object } } }> } }>
}

const visitor = idOf(901)

const seconds = fc.integer({ min: 1, max: 3600 })

/** What a schema cannot say, or says in words that these values are not made by: few sessions of one visitor, in which nothing is of another day. */
const named = {
  ...{ session: fc.integer({ min: 1, max: 3 }).map(idOf), at: fc.integer({ min: start, max: start + 3_600_000 }), previous: fc.constant(idOf(4)) },
  ...{ id: fc.uuid({ version: 7 }), tab: fc.constantFrom('a', 'b'), seq: fc.nat(50), token: fc.constant('a.b.c') },
  rules: fc.record({ idleAfterSeconds: seconds, awayAfterSeconds: seconds, leaveGraceSeconds: seconds, sessionTimeoutSeconds: seconds, sessionMaxSeconds: seconds }, { requiredKeys: [] }),
  options: fc.constant({}),
  customer: fc.record({ id: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), type: fc.constantFrom('crm', 'email', 'phone') }),
}

const events = fc.array(fc.oneof(...Object.values(eventSchemas).map(schema => arbitraryOf(schema, '', { named }))), { minLength: 1, maxLength: 5 })

const context = arbitraryOf(batchSchema.properties.context)

/** Batches as odd as the model lets them be. */
const batches = fc.array(fc.record({ events, context }), { maxLength: 3 })

/** By path, what says what is wrong with an answer. */
const toChecks = (document: Document, of: readonly string[]): [path: string, findProblems: (answer: unknown) => unknown[]][] => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false })
  formats.default(ajv)
  ajv.addSchema({ ...document, $id: 'openapi' })
  return of.map(path => {
    const { schema } = document.paths[path]!.get!.responses['200']!.content!['application/json']!
    const isValid = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object)
    return [path, answer => (isValid(answer) ? [] : (isValid.errors ?? []))]
  })
}

/** Paths of the API, and of one that has a schema of its own. */
const paths = ['/v1/sessions', '/v1/sessions/{id}', '/v1/sessions/{id}/events', '/v1/sessions/{id}/conversations', '/v1/visitors/{id}/touches', '/v1/visitors/{id}/export', '/v1/campaigns']
const foreign = { '/api/v2/journey/sessions/{id}': createSchemaCheck('genesys-journey-session.json'), '/api/v2/journey/sessions/{id}/events': createSchemaCheck('genesys-journey-events.json', '#/$defs/EventListing') }

test(`what is read of whatever has come is what the API's document says (SEED=${seed})`, { timeout: 120_000 }, async () => {
  const first = createMemoryCollector()
  const checks = new Map([...toChecks((await first.get('/v1/openapi.json')).json(), paths), ...Object.entries(foreign)])
  await first.app.close()
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(batches, fc.boolean(), async (all, isOpened) => {
      const collector = createMemoryCollector()
      const send = (sent: unknown[], more: object) => collector.send(sent as Event[], { visitor: { id: visitor }, ...more })
      collector.setNow(start + 3_700_000)
      if (isOpened) await send([opening(1), opening(2)], {})
      for (const { events: sent, ...more } of all) accepted += (await send(sent, more as object)).accepted ?? 0
      for (const [path, findProblems] of checks) {
        for (const id of path.includes('sessions/{id}') ? [1, 2, 3].map(idOf) : [visitor]) {
          const { statusCode, body } = await collector.get(path.replace('{id}', id))
          expect([path, statusCode === 404 || findProblems(JSON.parse(body))]).toEqual([path, statusCode === 404 || []])
        }
      }
      await collector.app.close()
    }),
    { seed, numRuns: 60 },
  )
  // Else this would be a test of empty lists.
  expect(accepted).toBeGreaterThan(100)
})
