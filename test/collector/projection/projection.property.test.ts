import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReceivedBatch } from '../../../src/collector/eventLog.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import type { SessionStore, StoredEvent, StoredSession } from '../../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { toSession, type Event } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { sessionEvents } from '../../model/arbitraries.ts'
import { batchOf, idOf } from '../batches.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const sites = [{ id: 'shop', origins: [] }]
const noon = 1_795_300_000_000
const skews = [0, 0, -3_600_000, 7_200_000]

/** The events of a tab happen in the order of their numbers: a clock that goes back is repaired by what is known when they come. */
const inOrder = (events: Event[]): Event[] => {
  const instantsOf = (tab: string): number[] => events.filter(event => event.tab === tab).map(({ at }) => at).sort((a, b) => a - b)
  const rankOf = ({ tab, seq }: Event): number => events.filter(other => other.tab === tab && other.seq < seq).length
  return events.map(event => ({ ...event, at: instantsOf(event.tab)[rankOf(event)]! }))
}

/** The events of a session of their own, each of which has its own visitor and clock. */
const toSessionNumber = (events: Event[], n: number): Event[] => {
  const rename = (id: string): string => `${String(n).padStart(8, '0')}${id.slice(8)}`
  return events.map(event => ({ ...event, id: rename(event.id), session: rename(event.session) }))
}

const toBatch = (events: Event[], n: number): ReceivedBatch => {
  const skew = skews[n % skews.length]!
  const sentAt = noon - skew
  return {
    receivedAt: noon,
    site: 'shop',
    address: null,
    userAgent: null,
    batch: batchOf({ sentAt, visitor: { id: idOf(n) } }, events.map(event => ({ ...event, at: event.at - skew }))),
  }
}

/** Events cut into batches at random places, in one order or another, some batches several times. */
const batches = fc.array(sessionEvents(12), { minLength: 1, maxLength: 4 }).chain(all => {
  const whole = all.map((events, n) => toBatch(toSessionNumber(inOrder(events), n), n))
  const pieces = whole.flatMap(received => {
    const { events } = received.batch
    return events.map((_, i) => ({ ...received, batch: { ...received.batch, events: events.slice(i, i + 1 + (i % 3)) } }))
  })
  const copies = [...pieces, ...pieces, ...whole]
  return fc.record({ whole: fc.constant(whole), mixed: fc.shuffledSubarray(copies, { minLength: copies.length, maxLength: copies.length }) })
})

/** A store whose transactions fail now and then, after all of their work was done. */
const failing = (store: SessionStore, failures: number[]): SessionStore => {
  let count = 0
  return {
    ...store,
    transaction: (mark, work) =>
      store.transaction(mark, writer => {
        work(writer)
        if (failures.includes(count++)) throw new Error('killed')
      }),
  }
}

const fold = async (received: ReceivedBatch[], { store = createMemorySessionStore(sites), log = createMemoryEventLog(), chunk = 200, failures = [] as number[] } = {}): Promise<SessionStore> => {
  for (const each of received) await log.append(each)
  const sessions = failing(store, failures)
  const create = () => createProjection({ log, sessions, sites, toFacts: ({ batch }) => ({ visitorId: batch.visitor.id }), chunk })
  let projection = create()
  for (let isMore = true; isMore; ) {
    try {
      isMore = projection.run() > 0
    } catch (error) {
      if ((error as Error).message !== 'killed') throw error
      projection = create()
    }
  }
  return store
}

/** By id: the order of sessions of one instant is not promised. */
const read = (store: SessionStore): StoredSession[] =>
  store.list({}, noon, { limit: 100 }).entities.toSorted((a, b) => (a.state.id < b.state.id ? -1 : 1))

const readEvents = (store: SessionStore): StoredEvent[][] => read(store).map(({ state }) => store.events('shop', state.id, { limit: 100 }).entities)

/** Sessions as they are shown, byte for byte; short ids depend on who came first, and are compared where the order is the same. */
const show = (store: SessionStore): string[] =>
  read(store).map(({ state, facts: { shortId: _, ...facts } }) => JSON.stringify(toSession(state, facts, { now: noon })))

const readWhole = (store: SessionStore): unknown => ({ sessions: read(store), shown: show(store), events: readEvents(store) })

test(`order, repetition and cutting of batches make no difference to Sessions (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 1, max: 9 }), async ({ whole, mixed }, chunk) => {
      const [one, other] = [await fold(mixed, { chunk }), await fold(whole)]
      expect(show(one)).toEqual(show(other))
      expect(readEvents(one)).toEqual(readEvents(other))
    }),
    { seed, numRuns: 300 },
  )
})

test(`being killed between the work of a chunk and its commit repeats work and changes nothing (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.array(fc.nat(20), { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async ({ mixed }, failures, chunk) => {
      expect(readWhole(await fold(mixed, { failures, chunk }))).toEqual(readWhole(await fold(mixed)))
    }),
    { seed, numRuns: 200 },
  )
})

test(`SQLite holds what memory holds, also where it was killed on the way, and a rebuild makes the same, short ids and all (seed ${seed})`, async () => {
  const folder = temporaryFolder()
  let files = 0
  await fc.assert(
    fc.asyncProperty(batches, fc.array(fc.nat(20), { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async ({ mixed }, failures, chunk) => {
      const log = createMemoryEventLog()
      const store = createSqliteSessionStore({ file: join(folder, `${files++}.sqlite`), sites, log })
      try {
        const expected = readWhole(await fold(mixed))
        expect(readWhole(await fold(mixed, { store, log, failures, chunk }))).toEqual(expected)
        await rebuild({ log, sessions: store, sites, toFacts: ({ batch }) => ({ visitorId: batch.visitor.id }) })
        expect(readWhole(store)).toEqual(expected)
      } finally {
        store.close()
      }
    }),
    { seed, numRuns: 40 },
  )
})
