import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { webActionSchema } from '../../../src/collector/actions/webActionSchema.ts'
import { idOf, opening } from '../batches.ts'
import { authorized, origin } from '../createTestEndpoint.ts'
import { arbitraryOf, seed } from '../dialects/arbitraryOf.ts'
import { createSchemaCheck } from '../dialects/createDialectTest.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'

type Json = Record<string, unknown>

/** What their model has for a page; the rest is told when it is read what became of the action. */
const forPages = ({ prompt: _prompt, actionTarget: _target, actionMap: _map, ...offer }: Json): Json => offer

const setUp = async () => {
  const collector = createMemoryCollector()
  onTestFinished(() => collector.app.close())
  await collector.send([opening(1)], { visitor: { id: idOf(900) } })
  const url = `/v1/sessions/${idOf(1)}/actions`
  return {
    offer: async (payload: Json): Promise<Json> =>
      (await collector.app.inject({ method: 'POST', url, headers: { ...authorized, 'content-type': 'application/json' }, payload: JSON.stringify(payload) })).json(),
    list: async () => (await collector.get(url)).json<{ entities: Json[] }>().entities,
    ping: async (): Promise<{ actions: Json[] }> =>
      (await collector.get(`/api/v2/journey/deployments/shop/customers/${idOf(900)}/ping?dl=x&sessionId=${idOf(1)}`, { origin })).json(),
  }
}

// A means that needs an offer has one.
const isWhole = ({ mediaType, contentOfferProperties, openActionProperties }: Json): boolean =>
  (mediaType !== 'contentOffer' || contentOfferProperties !== undefined) && (mediaType !== 'openAction' || openActionProperties !== undefined)

test.each([
  ['1000 random actions', false, 1000],
  ['250 random actions with fields and words that are not known', true, 250],
] as const)(`%s come back as they went in, to who has sent them and to the page (SEED=${seed})`, { timeout: 60_000 }, async (_title, isOpen, numRuns) => {
  const { offer, list, ping } = await setUp()
  const findProblems = createSchemaCheck('genesys-journey-events.json', '#/$defs/DeploymentPing')
  const actions = (arbitraryOf(webActionSchema, '', { isOpen, named: { id: fc.constant('a') } }) as fc.Arbitrary<Json>).filter(isWhole)
  await fc.assert(
    fc.asyncProperty(actions, async random => {
      const action = { ...random, id: 'a' }
      const kept = await offer(action)
      expect(kept).toMatchObject(action)
      expect(await list()).toEqual([kept])
      const page = await ping()
      expect(page.actions).toEqual([expect.objectContaining(forPages(action))])
      if (!isOpen) expect(findProblems(page)).toEqual([])
    }),
    { seed, numRuns },
  )
})
