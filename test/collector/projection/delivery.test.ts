import { expect, test } from 'vitest'
import type { ReceivedBatch } from '../../../src/collector/eventLog.ts'
import { toDelivery } from '../../../src/collector/projection/delivery.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import type { SessionStore } from '../../../src/collector/sessionStore.ts'
import type { Batch, Event } from '../../../src/model/index.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'

const sites = [{ id: 'shop', origins: [] }]

const custom = (n: number, seq: number, session = 1): Event =>
  ({ id: idOf(n), type: 'custom', eventName: 'added', at: start + n, session: idOf(session), seq, tab: 'tab-1' }) as Event

const received = (events: Event[], batch: Partial<Batch> = {}): ReceivedBatch => {
  const whole = batchOf(batch, events)
  return { receivedAt: start + 1000, site: whole.site, address: null, userAgent: null, batch: whole }
}

const setUp = () => {
  const log = createMemoryEventLog()
  const sessions: SessionStore = createMemorySessionStore(sites)
  const options = { log, sessions, sites, toFacts: ({ batch }: ReceivedBatch) => ({ visitorId: batch.visitor.id }) }
  const fold = async (...batches: ReceivedBatch[]): Promise<void> => {
    for (const batch of batches) await log.append(batch)
    const projection = createProjection(options)
    while (projection.run());
  }
  const countsOf = (site: string) => sessions.deliveries().find(each => each.site === site)?.counts
  return { fold, sessions, countsOf, rebuild: () => rebuild(options) }
}

test('a site counts what its sessions do, whatever comes in which order', async () => {
  const { fold, sessions, countsOf } = setUp()
  await fold(received([opening(1), custom(2, 1), custom(6, 5)]), received([opening(10)]))
  expect(toDelivery(sessions.get(idOf(1))!)).toEqual({ received: 3, missing: 3, duplicates: 0 })
  expect(countsOf('shop')).toEqual({ received: 4, missing: 3 })
  await fold(received([custom(5, 4), custom(2, 1)]))
  expect(toDelivery(sessions.get(idOf(1))!)).toEqual({ received: 4, missing: 2, duplicates: 1 })
  expect(countsOf('shop')).toEqual({ received: 5, missing: 2, duplicates: 1 })
})

test('events for the session of another visitor are counted, and are not its own', async () => {
  const { fold, countsOf } = setUp()
  await fold(received([opening(1)]), received([custom(2, 1), custom(3, 2)], { visitor: { id: idOf(666) } }))
  expect(countsOf('shop')).toEqual({ received: 1, foreign: 2 })
})

test('sites are counted apart', async () => {
  const { fold, countsOf } = setUp()
  await fold(received([opening(1)]), received([opening(2)], { site: 'blog', lost: { [idOf(2)]: { cap: 1 } } }))
  expect([countsOf('shop'), countsOf('blog')]).toEqual([{ received: 1 }, { received: 1, 'lost:cap': 1 }])
})

test('what a page has lost of a session that never comes is counted for the site', async () => {
  const { fold, sessions, countsOf } = setUp()
  await fold(received([opening(1)], { lost: { [idOf(77)]: { cap: 3 } } }))
  expect(countsOf('shop')).toEqual({ 'received': 1, 'lost:cap': 3 })
  expect(sessions.get(idOf(77))).toBeUndefined()
  await fold(received([custom(2, 1)], { lost: { [idOf(77)]: { cap: 4, storage: 1 } } }))
  expect(countsOf('shop')).toEqual({ 'received': 2, 'lost:cap': 4, 'lost:storage': 1 })
})

test('a session that comes after all takes over what was told of it, counted once', async () => {
  const { fold, sessions, countsOf } = setUp()
  await fold(received([opening(1)], { lost: { [idOf(77)]: { cap: 3 } } }), received([opening(77)], { lost: { [idOf(77)]: { cap: 4 } } }))
  expect(sessions.get(idOf(77))!.lost).toEqual({ cap: 4 })
  expect(countsOf('shop')).toEqual({ 'received': 2, 'lost:cap': 4 })
})

test('what another visitor told of a session is not taken over by it', async () => {
  const { fold, sessions } = setUp()
  await fold(received([opening(1)], { visitor: { id: idOf(666) }, lost: { [idOf(77)]: { cap: 3 } } }), received([opening(77)]))
  expect(sessions.get(idOf(77))).not.toHaveProperty('lost')
})

test('a total that is told again counts once', async () => {
  const { fold, countsOf } = setUp()
  const lost = { [idOf(1)]: { refused: 5 } }
  await fold(received([opening(1)], { lost }), received([opening(3)], { lost }), received([custom(2, 1)], { lost: { [idOf(1)]: { refused: 2 } } }))
  expect(countsOf('shop')).toEqual({ 'received': 3, 'lost:refused': 5 })
})

test('a rebuild comes to the same counts', async () => {
  const { fold, sessions, rebuild } = setUp()
  await fold(
    received([opening(1), custom(4, 3)], { lost: { [idOf(1)]: { cap: 1 }, [idOf(77)]: { cap: 3 } } }),
    received([custom(4, 3)]),
    received([custom(5, 9)], { visitor: { id: idOf(666) } }),
  )
  const before = sessions.deliveries()
  expect(before).toEqual([{ site: 'shop', counts: { 'received': 2, 'missing': 2, 'duplicates': 1, 'foreign': 1, 'lost:cap': 4 } }])
  await rebuild()
  expect(sessions.deliveries()).toEqual(before)
})
