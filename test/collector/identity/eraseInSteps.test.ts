import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createToFacts } from '../../../src/collector/enrich/toFacts.ts'
import { eraseInSteps, type EraseCounts, type EraseOrder } from '../../../src/collector/identity/eraseInSteps.ts'
import { findBelongings, type Person } from '../../../src/collector/identity/person.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import type { StoredSession } from '../../../src/collector/sessionStore.ts'
import { createSqliteEventLog } from '../../../src/collector/sqlite/createSqliteEventLog.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import type { Batch, Event } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'
import { filesWith } from './filesWith.ts'
import { identifyOf } from './tokens.ts'

const sites = [
  { id: 'shop', origins: [] },
  { id: 'other', origins: [] },
]

/** Log, Sessions and projection on files. */
const open = () => {
  const folder = temporaryFolder()
  const log = createSqliteEventLog({ file: join(folder, 'log.sqlite') })
  const sessions = createSqliteSessionStore({ file: join(folder, 'sessions.sqlite'), sites, log })
  onTestFinished(() => {
    sessions.close()
    log.close()
  })
  const projecting = { log, sessions, sites, toFacts: createToFacts() }
  const projection = createProjection(projecting)
  const catchUp = (): void => {
    while (projection.run());
  }
  const append = (events: Event[], { visitor = 999, address = '192.0.2.1', site = 'shop', ...more }: Partial<Omit<Batch, 'visitor'>> & { visitor?: number; address?: string } = {}) =>
    log.append({ receivedAt: start + 60_000, site, address, userAgent: null, batch: batchOf({ site, visitor: { id: idOf(visitor) }, ...more }, events) })
  const orderOf = (person: Person): EraseOrder => ({ id: idOf(1), person, until: log.last(), ...findBelongings(sessions, person) })
  const begin = (order: EraseOrder) => eraseInSteps({ log, sessions, projection, order })
  const erase = (person: Person, order = orderOf(person)): EraseCounts => {
    const steps = begin(order)
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
    }
  }
  const all = (): StoredSession[] => sessions.list({}, start, { limit: 10_000 }).entities.map(({ heldUntil: _heldUntil, ...session }) => session as StoredSession)
  return { folder, log, sessions, projection, projecting, catchUp, append, orderOf, begin, erase, all }
}

const signIn = (session: number, id: string, { seq = 1, at = 10, type = 'crm' } = {}): Event =>
  identifyOf(1_000_000 + session * 1000 + seq, { session: idOf(session), seq, at: start + at, customer: { id, type }, traits: { email: `${id}@example.com` } })

const names = (sessions: StoredSession[]): string[] => sessions.map(({ site, state }) => `${site} ${Number(state.id.slice(-12))}`).sort()

/** What was done of: a customer with two browsers, before and after signing in, and others. */
const tell = async () => {
  const collector = open()
  const { append } = collector
  await append([opening(1)], { visitor: 501, address: '198.51.100.7' })
  await append([opening(2), signIn(2, 'c-secret')], { visitor: 501, address: '198.51.100.7' })
  await append([opening(3), signIn(3, 'c-secret')], { visitor: 502 })
  await append([opening(4), signIn(4, 'c-other')], { visitor: 502 })
  await append([opening(5), signIn(5, 'c-secret'), signIn(5, 'c-other', { seq: 2, at: 20 })], { visitor: 503 })
  await append([opening(6)], { visitor: 504 })
  await append([opening(7), signIn(7, 'c-secret', { type: 'email' })], { visitor: 505, site: 'other' })
  collector.catchUp()
  return collector
}

describe('erasing a customer', () => {
  test('removes their sessions on all devices and sites, those of before they signed in too, and no others', async () => {
    const { erase, all } = await tell()
    expect(erase({ by: 'customer', id: 'c-secret' })).toEqual({ sessions: 5, batches: 5 })
    expect(names(all())).toEqual(['shop 4', 'shop 6'])
  })

  test('may be about one site, or one type of id', async () => {
    const first = await tell()
    expect(first.erase({ by: 'customer', id: 'c-secret', site: 'other' }).sessions).toBe(1)
    expect(names(first.all())).not.toContain('other 7')
    const second = await tell()
    expect(second.erase({ by: 'customer', id: 'c-secret', type: 'crm' }).sessions).toBe(4)
    expect(names(second.all())).toEqual(['other 7', 'shop 4', 'shop 6'])
  })

  test('leaves nothing of them in the files, and nothing to make it again from', async () => {
    const { erase, folder, projecting, all, log } = await tell()
    const traces = ['c-secret', idOf(501), idOf(503), idOf(505), '198.51.100.7', ...[1, 2, 3, 5, 7].map(idOf)]
    expect(filesWith(folder, traces).length).toBeGreaterThan(traces.length)
    erase({ by: 'customer', id: 'c-secret' })
    expect(filesWith(folder, traces)).toEqual([])
    const before = all()
    await rebuild(projecting)
    expect(all()).toEqual(before)
    expect(filesWith(folder, traces)).toEqual([])
    expect(filesWith(folder, ['c-other', idOf(504)]).length).toBeGreaterThan(0)
    expect(log.last()).toBe(7)
  })

  test('takes them out of batches that hold something of others, and out of those that count for nothing', async () => {
    const { append, catchUp, erase, all, folder, log } = open()
    await append([opening(1)], { visitor: 501 })
    await append([opening(2), signIn(2, 'c-secret'), { ...opening(3), seq: 9 }, signIn(3, 'c-other', { seq: 10 })], { visitor: 502, lost: { [idOf(2)]: { cap: 1 }, [idOf(3)]: { cap: 2 } } })
    // Of a session that is somebody else's.
    await append([signIn(1, 'c-secret')], { visitor: 503 })
    await append([opening(4)], { visitor: 502, lost: { [idOf(2)]: { cap: 3 } } })
    catchUp()
    expect(erase({ by: 'customer', id: 'c-secret' }).sessions).toBe(2)
    expect(names(all())).toEqual(['shop 1', 'shop 3'])
    expect(filesWith(folder, ['c-secret', idOf(2), idOf(4)])).toEqual([])
    expect(log.read(1, 1)[0]!.batch).toMatchObject({ visitor: { id: idOf(502) }, lost: { [idOf(3)]: { cap: 2 } }, events: [{ session: idOf(3) }, { session: idOf(3) }] })
  })

  test('leaves what they do under their name after it was found out what is theirs', async () => {
    const { append, catchUp, orderOf, begin, erase, all, projecting } = await tell()
    const order = orderOf({ by: 'customer', id: 'c-secret' })
    const broken = begin(order)
    broken.next()
    await append([opening(8, { start: { type: 'web', index: 2, customer: { id: 'c-secret', type: 'crm' } } })], { visitor: 501 })
    await append([opening(9), signIn(9, 'c-secret')], { visitor: 506 })
    catchUp()
    erase(order.person, order)
    const before = all()
    expect(names(before)).toEqual(['shop 4', 'shop 6', 'shop 8', 'shop 9'])
    await rebuild(projecting)
    expect(all()).toEqual(before)
  })

  test('may be broken off and begun again', async () => {
    const { orderOf, begin, erase, all, folder } = await tell()
    const order = orderOf({ by: 'customer', id: 'c-secret' })
    for (let steps = 1; steps < 4; steps++) {
      const broken = begin(order)
      for (let i = 0; i < steps; i++) broken.next()
    }
    erase(order.person, order)
    expect(names(all())).toEqual(['shop 4', 'shop 6'])
    expect(filesWith(folder, ['c-secret'])).toEqual([])
  })

  test('takes them out of what is counted', async () => {
    const { erase, sessions, projecting } = await tell()
    erase({ by: 'customer', id: 'c-secret' })
    const before = sessions.deliveries()
    expect(before).toContainEqual({ site: 'shop', counts: expect.objectContaining({ received: 3 }) as object })
    await rebuild(projecting)
    expect(sessions.deliveries().filter(({ site }) => site === 'shop')).toEqual(before.filter(({ site }) => site === 'shop'))
  })
})

describe('erasing a visitor', () => {
  test('removes all that their browser did, whoever was named', async () => {
    const { erase, all, folder } = await tell()
    expect(erase({ by: 'visitor', id: idOf(502) }).sessions).toBe(2)
    expect(names(all())).toEqual(['other 7', 'shop 1', 'shop 2', 'shop 5', 'shop 6'])
    expect(filesWith(folder, [idOf(502), idOf(3), idOf(4)])).toEqual([])
  })

  test.each([
    ['visitor', idOf(501)],
    ['customer', 'c-secret'],
  ] as const)('leaves nothing of what their browser sent that became part of no session, for a %s', async (by, id) => {
    const { append, catchUp, erase, folder, log, sessions, projecting } = open()
    await append([opening(2)], { visitor: 502, lost: { [idOf(1)]: { cap: 2 } } })
    await append([opening(1), signIn(1, 'c-secret')], { visitor: 501 })
    await append([{ ...opening(2), id: idOf(20), seq: 5 }], { visitor: 501, address: '198.51.100.7' })
    await append([], { visitor: 501, address: '198.51.100.7', lost: { [idOf(9)]: { cap: 3 } } })
    catchUp()
    expect(sessions.deliveries()).toEqual([{ site: 'shop', counts: { 'received': 3, 'foreign': 1, 'lost:cap': 5 } }])
    erase({ by, id })
    expect(filesWith(folder, [idOf(501), '198.51.100.7', idOf(1), idOf(9)])).toEqual([])
    expect(log.last()).toBe(4)
    expect(sessions.deliveries()).toEqual([{ site: 'shop', counts: { 'received': 1, 'foreign': 1, 'lost:cap': 0 } }])
    await rebuild(projecting)
    expect(sessions.deliveries()).toEqual([{ site: 'shop', counts: { received: 1 } }])
  })

  test('reaches a browser of which nothing has become a session, and leaves what it sends after that', async () => {
    const { append, catchUp, orderOf, erase, all, folder } = open()
    await append([opening(2)], { visitor: 502 })
    await append([{ ...opening(2), id: idOf(20), seq: 5 }], { visitor: 501, address: '198.51.100.7', lost: { [idOf(9)]: { cap: 3 } } })
    catchUp()
    const order = orderOf({ by: 'visitor', id: idOf(501) })
    await append([opening(3)], { visitor: 501 })
    erase(order.person, order)
    expect(filesWith(folder, ['198.51.100.7', idOf(9), idOf(20)])).toEqual([])
    catchUp()
    expect(names(all())).toEqual(['shop 2', 'shop 3'])
  })

  test('is meant by a visitor id in the place of a customer id, too', async () => {
    const { erase, all, folder } = await tell()
    expect(erase({ by: 'customer', id: idOf(504) }).sessions).toBe(1)
    expect(names(all())).not.toContain('shop 6')
    expect(filesWith(folder, [idOf(504)])).toEqual([])
  })
})

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

test(`leaves nothing in the files whatever was written, changed and removed before, and everything of the others (seed ${seed})`, async () => {
  const visit = fc.record({ visitor: fc.integer({ min: 0, max: 7 }), session: fc.integer({ min: 0, max: 40 }), bulk: fc.integer({ min: 0, max: 9000 }), events: fc.integer({ min: 1, max: 6 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 20, maxLength: 120 }), fc.integer({ min: 0, max: 7 }), fc.nat(10), async (visits, whom, removed) => {
      const { append, catchUp, erase, all, folder, log } = open()
      const customerOf = (visitor: number): string => `c-secret-${visitor}`
      let n = 10_000
      for (const { visitor, session: of, bulk, events } of visits) {
        // Every session has one visitor.
        const session = 1 + of * 8 + visitor
        const page = (seq: number): Event => ({
          ...{ id: idOf(5_000_000 + ++n), type: 'custom', eventName: 'read', session: idOf(session), tab: 'tab-1', seq, at: start + seq },
          attributes: { text: `${customerOf(visitor)} ${'x'.repeat(bulk % 7000)}` },
        })
        const seq = 2 + (n % 900)
        await append([opening(session), signIn(session, customerOf(visitor)), ...Array.from({ length: events }, (_, i) => page(seq + i))], { visitor: 900 + visitor })
        if (n % 3) catchUp()
      }
      catchUp()
      log.edit(0, removed, () => undefined)
      const others = all().filter(({ facts }) => facts.visitorId !== idOf(900 + whom))
      erase({ by: 'customer', id: customerOf(whom) })
      expect(filesWith(folder, [customerOf(whom), idOf(900 + whom)])).toEqual([])
      expect(all()).toEqual(others)
    }),
    { numRuns: 15, seed },
  )
})
