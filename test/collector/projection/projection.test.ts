import { expect, test } from 'vitest'
import type { ReceivedBatch } from '../../../src/collector/eventLog.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection, sessionsProjection, type Progress } from '../../../src/collector/projection/projection.ts'
import type { SessionStore } from '../../../src/collector/sessionStore.ts'
import { toSession, type Batch, type Event } from '../../../src/model/index.ts'
import { batchOf, idOf, opening, start, visitorId } from '../batches.ts'

const site = { id: 'shop', origins: [], divisionIds: ['d1'] }

const received = (batch: Partial<Batch>, events: Event[], offset = 100): ReceivedBatch => {
  const whole = batchOf(batch, events)
  return { receivedAt: whole.sentAt + offset, site: whole.site, address: null, userAgent: null, batch: whole }
}

const custom = (n: number, session: number, more: Partial<Event> = {}): Event =>
  ({ id: idOf(n), type: 'custom', eventName: 'added', at: start + n, session: idOf(session), seq: n, tab: 'tab-2', ...more }) as Event

const setUp = (sessions: SessionStore = createMemorySessionStore([site])) => {
  const log = createMemoryEventLog()
  const told: Progress[] = []
  const projection = createProjection({
    log,
    sessions,
    sites: [site],
    toFacts: ({ batch, address }) => ({ visitorId: batch.visitor.id, ...(address && { ipAddress: address }), userAgentString: batch.context.userAgent ?? '' }),
    onChange: progress => told.push(progress),
    chunk: 2,
  })
  const append = async (...batches: ReceivedBatch[]): Promise<void> => {
    for (const batch of batches) await log.append(batch)
  }
  const catchUp = (): void => {
    while (projection.run());
  }
  return { log, sessions, projection, append, catchUp, told }
}

test('makes a Session from its events, in chunks, and tells what has changed', async () => {
  const { projection, append, sessions, told } = setUp()
  await append(received({}, [opening(1)]), received({}, [custom(2, 1)]), received({}, [opening(3)]))
  expect([projection.run(), projection.run(), projection.run()]).toEqual([2, 1, 0])
  expect(told).toEqual([
    { position: 2, changed: [{ site: 'shop', id: idOf(1) }], folded: 2, duplicates: 0, foreign: 0 },
    { position: 3, changed: [{ site: 'shop', id: idOf(3) }], folded: 1, duplicates: 0, foreign: 0 },
  ])
  const stored = sessions.get(idOf(1))!
  expect(toSession(stored.state, stored.facts, { now: start + 5 })).toMatchObject({ id: idOf(1), eventCount: 2, visitorId, shortId: expect.stringMatching(/^\d{4}$/) })
  expect(sessions.events('shop', idOf(1), { limit: 9 }).entities.map(({ id }) => id)).toEqual([idOf(1), idOf(2)])
  expect(sessions.mark()).toEqual({ ...sessionsProjection, position: 3 })
})

test('counts an event once, however often it comes', async () => {
  const { append, catchUp, sessions, told } = setUp()
  await append(received({}, [opening(1), custom(2, 1)]), received({}, [custom(2, 1), custom(3, 1)]), received({}, [opening(1), custom(2, 1)]))
  catchUp()
  expect(sessions.get(idOf(1))).toMatchObject({ duplicates: 3, state: { counts: { pageview: 1, custom: 2 } } })
  expect(told.map(({ folded, duplicates }) => [folded, duplicates])).toEqual([[3, 1], [0, 2]])
})

test('a session belongs to the visitor who opened it', async () => {
  const { append, catchUp, sessions, told } = setUp()
  await append(received({}, [opening(1)]), received({ visitor: { id: idOf(666) }, lost: { [idOf(1)]: { cap: 9 } } }, [custom(2, 1), opening(3)]))
  catchUp()
  expect(sessions.get(idOf(1))).toMatchObject({ facts: { visitorId }, state: { counts: { custom: 0 } }, duplicates: 0 })
  expect(sessions.get(idOf(1))).not.toHaveProperty('lost')
  expect(sessions.events('shop', idOf(1), { limit: 9 }).entities).toHaveLength(1)
  expect(sessions.get(idOf(3))?.facts.visitorId).toBe(idOf(666))
  expect(told[0]).toMatchObject({ folded: 2, foreign: 1 })
})

test('keeps the facts of the batch that was sent last, whichever comes last', async () => {
  const { append, catchUp, sessions } = setUp()
  await append(
    received({ sentAt: start + 500, context: { userAgent: 'new' } }, [custom(2, 1)]),
    received({ sentAt: start + 100, context: { userAgent: 'old' } }, [opening(1)]),
  )
  catchUp()
  expect(sessions.get(idOf(1))!.facts).toMatchObject({ userAgentString: 'new', shortId: expect.stringMatching(/^\d+$/) })
})

test('keeps the facts that the page has told of its window, else of its browser, whatever others say after it and whichever comes last', async () => {
  const viewport = { width: 800, height: 600 }
  const tellings: Batch['context'][] = [{}, { userAgent: 'named' }, { userAgent: 'page', viewport }, { userAgent: 'page later', viewport }, { userAgent: 'named later' }, {}]
  const toTold = async (...told: number[]): Promise<unknown> => {
    const { append, catchUp, sessions } = setUp()
    // The session is opened by whichever comes first.
    await append(...told.map(n => ({ ...received({ sentAt: start + n, context: tellings[n]! }, [custom(10 + n, 1), opening(1)]), address: `192.0.2.${n}` })))
    catchUp()
    const { ipAddress, userAgentString } = sessions.get(idOf(1))!.facts
    return [userAgentString, ipAddress]
  }
  const orders = [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 5, 0, 4, 2, 1], [2, 4, 1, 5, 3, 0]]
  for (const order of orders) {
    expect(await toTold(...order)).toEqual(['page later', '192.0.2.3'])
    expect(await toTold(...order.filter(n => n !== 2 && n !== 3))).toEqual(['named later', '192.0.2.4'])
    expect(await toTold(...order.filter(n => n === 0 || n === 5))).toEqual(['', '192.0.2.5'])
  }
})

test('keeps the greatest total of what a page has lost, also when no event of the session comes with it', async () => {
  const { append, catchUp, sessions } = setUp()
  const lost = (totals: NonNullable<Batch['lost']>[string]) => ({ lost: { [idOf(1)]: totals, [idOf(77)]: { cap: 1 } } })
  await append(
    received(lost({ cap: 2 }), [opening(1)]),
    received(lost({ cap: 5, storage: 1 }), [opening(3)]),
    received(lost({ cap: 4 }), [custom(4, 1)]),
  )
  catchUp()
  expect(sessions.get(idOf(1))!.lost).toEqual({ cap: 5, storage: 1 })
  expect(sessions.get(idOf(77))).toBeUndefined()
})

test('repairs the clock of a page, keeps the order of its events and what it said', async () => {
  const { append, catchUp, sessions } = setUp()
  const hour = 3_600_000
  await append(
    received({ sentAt: start + 1000 }, [opening(1)], -hour),
    received({ sentAt: start + 2000 }, [custom(5, 1, { at: start + 1900 })], -hour + 25_000),
  )
  catchUp()
  const { entities } = sessions.events('shop', idOf(1), { limit: 9 })
  expect(entities.map(({ at, clientAt, receivedAt }) => [at - start, clientAt! - start, receivedAt - start])).toEqual([
    [-hour, 0, 1000 - hour],
    [1900 - hour, 1900, 27_000 - hour],
  ])
  const { state, facts, clock } = sessions.get(idOf(1))!
  expect(clock).toEqual({ skew: -hour, sentAt: start + 2000 })
  expect(toSession(state, facts, { now: start })).toMatchObject({ createdDate: new Date(start - hour).toISOString(), durationInSeconds: 1 })
})

test('folds what a site sent that is not configured any more', async () => {
  const { append, catchUp, sessions } = setUp()
  await append(received({ site: 'gone' }, [opening(1)]))
  catchUp()
  expect(sessions.get(idOf(1), 'gone')?.state.id).toBe(idOf(1))
})

test('a chunk that fails is folded again, as if nothing had been', async () => {
  const memory = createMemorySessionStore([site])
  let failures = 2
  const broken: SessionStore = {
    ...memory,
    transaction: (mark, work) =>
      memory.transaction(mark, writer => {
        work(writer)
        if (failures-- > 0) throw new Error('the disk is full')
      }),
  }
  const { append, projection, catchUp, sessions, told } = setUp(broken)
  await append(received({}, [opening(1)]), received({}, [opening(1), custom(2, 1)]), received({}, [custom(3, 1)]))
  expect(() => projection.run()).toThrow('the disk is full')
  expect(() => projection.run()).toThrow('the disk is full')
  expect([projection.position(), sessions.mark(), sessions.get(idOf(1)), told]).toEqual([0, undefined, undefined, []])
  catchUp()
  expect(sessions.get(idOf(1))).toMatchObject({ duplicates: 1, state: { counts: { pageview: 1, custom: 2 } } })
})

test('refuses to go on when the log is shorter than the Sessions say', async () => {
  const { append, catchUp, sessions } = setUp()
  await append(received({}, [opening(1)]))
  catchUp()
  expect(() => setUp(sessions)).toThrow(/made from a longer event log \(1 batches, now 0\).*sojourn rebuild/)
})
