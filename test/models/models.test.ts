import { afterAll, beforeAll, expect, test } from 'vitest'
import { exemptions, type Exemption } from './exemptions.ts'
import { modelNames, openStage, type Stage } from './openStage.ts'
import { tellSyllable, tellVapi } from './tellAgents.ts'
import { tellConversations } from './tellConversations.ts'
import { tellDefinitions } from './tellDefinitions.ts'
import { tellEvents } from './tellEvents.ts'
import { tellVisit } from './tellVisit.ts'

// Stories fill what the models have; what none of them fills, and nobody has said why, is a hole. They are told in this order to one
// collector, over HTTP, and everything that it answers is held against the models.

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage?.close())

test.each([
  ['segments and outcomes are defined, and changed', tellDefinitions],
  ['a visitor comes, signs in, buys and leaves', tellVisit],
  ['a website and an app send events in the words of Genesys Cloud', tellEvents],
  ['calls are written and read', tellConversations],
  ['sessions of Syllable are written and read', tellSyllable],
  ['sessions of Vapi are made, changed and listed', tellVapi],
])('%s', async (_title, tell) => tell(stage))

test.each(modelNames)('every property of the model %s is filled by a story, or it is said why none can', name => {
  const { all, filled } = stage.coverage[name]
  const exempt = Object.keys(exemptions[name])
  expect(all.filter(property => !filled.has(property) && !exempt.includes(property))).toEqual([])
  expect(exempt.filter(property => filled.has(property)), 'are filled').toEqual([])
  expect(exempt.filter(property => !all.includes(property)), 'are not in the model').toEqual([])
})

test.each(modelNames)('what is exempt of the model %s says nothing where it is seen', name => {
  const { blank } = stage.coverage[name]
  for (const [property, { seen }] of Object.entries<Exemption>(exemptions[name])) expect([property, blank.get(property)]).toEqual([property, seen])
})
