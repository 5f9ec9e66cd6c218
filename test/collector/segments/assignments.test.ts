import { expect, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import { createAssignedFacts } from '../../../src/collector/segments/createAssignedFacts.ts'
import { toPageFacts } from '../../../src/collector/reading/toPageFacts.ts'
import type { Definitions } from '../../../src/model/definition.ts'
import type { Event } from '../../../src/model/event.ts'
import { aboutVisit, outcome, pattern, segment } from '../../model/definitions.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'

const sites = [{ id: 'shop', origins: [] }]
const day = 86_400_000
const toFacts = ({ batch }: { batch: { visitor: { id: string } } }) => ({ visitorId: batch.visitor.id })

const paid = [pattern({ eventName: 'paid' })]
const buyer = segment('buyer', { journey: paid }, { scope: 'Customer', assignmentExpirationDays: 7 })
const payer = segment('payer', { journey: paid })
const bought = outcome('bought', { journey: paid })

const pay = (session: number, at: number, seq = 1): Event => ({ id: idOf(session * 100 + seq), type: 'custom', eventName: 'paid', at, session: idOf(session), seq, tab: 'tab-1' })

/** A collector without HTTP, whose definitions change. */
const setUp = (first: Partial<Definitions>) => {
  let definitions: Definitions = { segments: [], outcomes: [], ...first }
  const log = createMemoryEventLog()
  const sessions = createMemorySessionStore(sites)
  const projection = createProjection({ log, sessions, sites, toFacts, definitions })
  const toAssigned = createAssignedFacts({ sessions, sites, definitions: () => definitions })
  return {
    sessions,
    send: async (events: Event[], visitor = 999) => {
      const sentAt = Math.max(...events.map(({ at }) => at))
      await log.append({ receivedAt: sentAt, site: 'shop', address: null, userAgent: null, batch: batchOf({ sentAt, visitor: { id: idOf(visitor) } }, events) })
      while (projection.run());
    },
    define: (next: Partial<Definitions>) => {
      definitions = { segments: [], outcomes: [], ...next }
      projection.define(definitions)
    },
    rebuild: () => rebuild({ log, sessions, sites, toFacts, definitions }),
    show: (session: number, now: number) => toAssigned(sessions.get(idOf(session), 'shop')!, now),
  }
}

const assigned = (id: string, at: number) => ({ segment: { id }, assignedDate: new Date(at).toISOString() })

test('a session shows its segments and outcomes with their dates, and so does its page', async () => {
  const { send, show, sessions } = setUp({ segments: [payer], outcomes: [bought] })
  await send([opening(1)])
  expect(show(1, start)).toEqual({})
  await send([pay(1, start + 5000)])
  const facts = { segmentAssignments: [assigned('payer', start + 5000)], outcomeAchievements: [{ outcome: { id: 'bought' }, achievedDate: new Date(start + 5000).toISOString() }] }
  expect(show(1, start + 5000)).toEqual(facts)
  expect(toPageFacts(sessions.get(idOf(1))!, facts)).toMatchObject({ ...facts, assigned: [':payer:segment', ':bought:outcome'] })
})

test('a segment of the session ends with it, one of the customer goes on until it expires', async () => {
  const { send, show } = setUp({ segments: [payer, buyer] })
  await send([opening(1), pay(1, start)])
  await send([opening(2, { at: start + day })])
  await send([opening(3, { at: start + 8 * day })])
  expect(show(2, start + day)).toEqual({ segmentAssignments: [assigned('buyer', start)] })
  expect(show(3, start + 8 * day)).toEqual({})
})

test('a session that is over shows what there was at its end', async () => {
  const { send, show } = setUp({ segments: [buyer] })
  await send([opening(1)])
  await send([opening(2, { at: start + day }), pay(2, start + day)])
  expect(show(1, start + 2 * day)).toEqual({})
  await send([opening(3, { at: start + 2 * day })])
  expect(show(3, start + 30 * day)).toEqual({ segmentAssignments: [assigned('buyer', start + day)] })
})

test('a customer is known on another device, another visitor is not', async () => {
  const { send, show } = setUp({ segments: [buyer] })
  const named = (session: number): Event => ({ id: idOf(session * 100 + 9), type: 'identify', customer: { id: 'c-1', type: 'crm' }, at: start, session: idOf(session), seq: 2, tab: 'tab-1' })
  await send([opening(1), pay(1, start), named(1)], 901)
  await send([opening(2)], 902)
  await send([opening(3), named(3)], 903)
  expect(show(2, start)).toEqual({})
  expect(show(3, start)).toEqual({ segmentAssignments: [assigned('buyer', start)] })
})

test('the newest assignment of a customer counts', async () => {
  const { send, show } = setUp({ segments: [buyer] })
  await send([opening(1), pay(1, start)])
  await send([opening(2, { at: start + 3 * day }), pay(2, start + 3 * day)])
  await send([opening(3, { at: start + 9 * day })])
  expect(show(3, start + 9 * day)).toEqual({ segmentAssignments: [assigned('buyer', start + 3 * day)] })
})

test('a definition that changes looks at what has happened before, at the next event of a session', async () => {
  const { send, show, define } = setUp({ segments: [] })
  await send([opening(1), pay(1, start + 1000), opening(2)])
  define({ segments: [segment('twice', { journey: [pattern({ eventName: 'paid', count: 2 })] })] })
  await send([pay(1, start + 3000, 2)])
  expect(show(1, start + 3000)).toEqual({ segmentAssignments: [assigned('twice', start + 3000)] })
  define({ segments: [payer] })
  await send([{ ...opening(1), id: idOf(150), seq: 3, at: start + 4000 }])
  expect(show(1, start + 4000)).toEqual({ segmentAssignments: [assigned('payer', start + 1000)] })
})

test('a rebuild evaluates everything again by the definitions of the moment', async () => {
  const { send, show, define, rebuild } = setUp({ segments: [payer] })
  await send([opening(1), pay(1, start + 1000)])
  define({ outcomes: [bought] })
  expect(show(1, start)).toHaveProperty('segmentAssignments')
  await rebuild()
  expect(show(1, start)).toEqual({ outcomeAchievements: [{ outcome: { id: 'bought' }, achievedDate: new Date(start + 1000).toISOString() }] })
})

test('a segment of the customer that is no longer defined is not carried on', async () => {
  const { send, show, define } = setUp({ segments: [buyer] })
  await send([opening(1), pay(1, start)])
  await send([opening(2, { at: start + day })])
  define({})
  expect(show(2, start + day)).toEqual({})
})

test('what rests on the browser or the device follows the newest facts', async () => {
  const { send, show } = setUp({ segments: [segment('direct', { context: [aboutVisit('mktCampaign.source', ['news'], { operator: 'notEqual' })] })] })
  await send([pay(1, start + 1000)])
  expect(show(1, start)).toEqual({ segmentAssignments: [assigned('direct', start + 1000)] })
  await send([opening(1, { start: { type: 'web', index: 1, campaign: { source: 'news' } } })])
  expect(show(1, start)).toEqual({})
})

test.each([
  ['Number', 49.9, 49.9],
  ['Integer', 49.9, 49],
  ['Number', '49.9', 49.9],
  ['Number', 'much', undefined],
  ['Number', true, undefined],
] as const)('an outcome is worth what its attribute says at last: as %s %j is %j', async (dataType, total, value) => {
  const { send, show } = setUp({ outcomes: [outcome('bought', { journey: paid }, { associatedValueField: { dataType, name: 'attributes.total.value' } })] })
  const of = (n: number, attributes: object): Event => ({ ...pay(1, start + n * 1000, n), attributes }) as Event
  // The newest counts, whenever it comes.
  await send([opening(1), of(2, { total })])
  await send([of(1, { total: 1 })])
  const [{ associatedValue } = {}] = show(1, start + 5000).outcomeAchievements ?? []
  expect(associatedValue).toEqual(value === undefined ? undefined : { dataType, value })
})
