import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import type { ProjectionMark, SessionFilter, SessionStore, SessionWriter, StoredEvent, StoredSession } from '../../src/collector/sessionStore.ts'
import type { Site } from '../../src/collector/site.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { reduceSession, type Event, type SessionFacts } from '../../src/model/index.ts'
import { idOf, opening, start } from '../collector/batches.ts'
import { createAddLogged } from './createAddLogged.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const sites: Site[] = [
  { id: 'shop', origins: [] },
  { id: 'slow', origins: [], idleAfterSeconds: 600, awayAfterSeconds: 1200 },
]

const log = createMemoryEventLog()
const addLogged = createAddLogged(log)

const versions: [name: string, create: () => SessionStore][] = [
  ['in memory', () => createMemorySessionStore(sites)],
  ['in SQLite', () => createSqliteSessionStore({ file: join(temporaryFolder(), 'sessions.sqlite'), sites, log })],
]

const mark: ProjectionMark = { name: 'sessions', version: 1, position: 1 }

const hour = 3_600_000

/** A session that opened so many milliseconds after the start. */
const sessionOf = (n: number, { site = 'shop', at = 0, facts = {}, events = [] }: { site?: string; at?: number; facts?: SessionFacts; events?: Event[] } = {}): StoredSession => ({
  site,
  state: events.reduce(reduceSession, reduceSession(undefined, opening(n, { at: start + at }))),
  facts,
  duplicates: 0,
})

const base = (n: number, session: number, at: number) => ({ id: idOf(n), at: start + at, session: idOf(session), seq: 1, tab: 'tab-1' })

const end = (session: number, at: number): Event => ({ ...base(900 + session, session, at), type: 'end', reason: 'reset' })

const identify = (session: number, id: string): Event => ({ ...base(800 + session, session, 50), type: 'identify', customer: { id, type: 'crm' } })

const eventOf = (session: string, n: number, at: number): StoredEvent => ({
  ...opening(n, { session, at: start + at, attributes: { total: 49.9, skus: ['a', 'b'] } }),
  receivedAt: start + at + 5,
})

describe.each(versions)('a session store %s', (_name, create) => {
  const open = (): SessionStore => {
    const store = create()
    onTestFinished(() => store.close())
    return store
  }

  const write = (store: SessionStore, work: (writer: SessionWriter) => void): void => store.transaction(mark, work)

  const fill = (...sessions: StoredSession[]): SessionStore => {
    const store = open()
    write(store, writer => sessions.forEach(session => writer.save(session)))
    return store
  }

  const list = (store: SessionStore, filter: SessionFilter = {}, now = start): string[] =>
    store.list(filter, now, { limit: 100 }).entities.map(({ site, state }) => `${site} ${Number(state.id.slice(-12))}`)

  test('knows nothing at first', () => {
    const store = open()
    expect(store.mark()).toBeUndefined()
    expect(store.get(idOf(1))).toBeUndefined()
    expect(store.get(idOf(1), 'shop')).toBeUndefined()
    expect(store.list({}, start, { limit: 10 })).toEqual({ entities: [] })
    expect(store.events('shop', idOf(1), { limit: 10 })).toEqual({ entities: [] })
  })

  test('gives back what was saved, whole', () => {
    const whole: StoredSession = {
      ...sessionOf(1, { facts: { visitorId: idOf(7), shortId: '0042', ipAddress: '192.0.2.1' }, events: [end(1, 5)] }),
      factsFrom: { nearness: 2, stamp: [start, idOf(1)] },
      heldUntil: start + 1,
      clock: { skew: -42, sentAt: start },
      order: { 'tab-1': [[0, start, 4, start + 9]] },
      duplicates: 3,
      lost: { cap: 2 },
    }
    const store = fill(whole)
    expect(store.get(idOf(1))).toEqual(whole)
    expect(store.get(idOf(1), 'shop')).toEqual(whole)
    expect(store.get(idOf(1), 'slow')).toBeUndefined()
    expect(store.list({}, start, { limit: 10 }).entities).toEqual([whole])
  })

  test('replaces what was saved before, wherever it is found', () => {
    const store = fill(sessionOf(1, { at: 9, facts: { visitorId: idOf(7), shortId: '0042' } }))
    const later = sessionOf(1, { at: 5, facts: { visitorId: idOf(8), shortId: '0043' }, events: [identify(1, 'c-1')] })
    write(store, writer => writer.save(later))
    expect(store.get(idOf(1))).toEqual(later)
    expect([list(store), list(store, { shortId: '0042' }), list(store, { shortId: '0043' })]).toEqual([['shop 1'], [], ['shop 1']])
    expect([list(store, { visitorId: idOf(7) }), list(store, { customerId: idOf(7) }), list(store, { customerId: 'c-1' })]).toEqual([[], [], ['shop 1']])
    expect([list(store, { from: start + 6 }), list(store, { to: start + 6 })]).toEqual([[], ['shop 1']])
  })

  test('keeps sessions of two sites apart that have the same id', () => {
    const store = fill(sessionOf(1), sessionOf(1, { site: 'slow', at: 5 }))
    expect(store.get(idOf(1), 'slow')?.state.first.stamp[0]).toBe(start + 5)
    expect(list(store)).toEqual(['slow 1', 'shop 1'])
  })

  test('lists the newest first', () => {
    expect(list(fill(sessionOf(1, { at: 1 }), sessionOf(2, { at: 9 }), sessionOf(3, { at: 5 })))).toEqual(['shop 2', 'shop 3', 'shop 1'])
  })

  const named = { visitorId: idOf(71) }
  const many = [
    sessionOf(1, { at: 0, facts: { ...named, shortId: '0001' } }),
    sessionOf(2, { at: 1, facts: { visitorId: idOf(72), shortId: '0002' }, events: [identify(2, 'c-1')] }),
    sessionOf(3, { at: 2, site: 'slow', facts: { ...named, shortId: '0001' }, events: [identify(3, idOf(72))] }),
    sessionOf(4, { at: 3, facts: { visitorId: 'no uuid' }, events: [end(4, 4)] }),
    sessionOf(5, { at: hour, site: 'slow', facts: { visitorId: idOf(72) } }),
  ]
  const afterAWhile = start + 700_000
  const filters: [name: string, filter: SessionFilter, now: number, expected: string[]][] = [
    ['site', { site: 'slow' }, start, ['slow 5', 'slow 3']],
    ['a site that nothing is known of', { site: 'other' }, start, []],
    ['short id', { shortId: '0001' }, start, ['slow 3', 'shop 1']],
    ['short id of a site', { shortId: '0001', site: 'shop' }, start, ['shop 1']],
    ['customer', { customerId: 'c-1' }, start, ['shop 2']],
    ['customer who is the visitor, until he is known better', { customerId: idOf(71) }, start, ['shop 1']],
    ['customer whose id another visitor has', { customerId: idOf(72) }, start, ['slow 5', 'slow 3']],
    ['customer and visitor', { customerId: idOf(72), visitorId: idOf(71) }, start, ['slow 3']],
    ['visitor', { visitorId: idOf(71) }, start, ['slow 3', 'shop 1']],
    ['visitor of an odd name', { visitorId: 'no uuid' }, start, ['shop 4']],
    ['from an instant on', { from: start + 2 }, start, ['slow 5', 'shop 4', 'slow 3']],
    ['before an instant', { to: start + 2 }, start, ['shop 2', 'shop 1']],
    ['between two instants of a site', { from: start + 1, to: start + 3, site: 'shop' }, start, ['shop 2']],
    ['live ones', { status: 'live' }, afterAWhile, ['slow 5', 'slow 3', 'shop 2', 'shop 1']],
    ['active ones', { status: 'active' }, start + 600_001, ['slow 5', 'slow 3']],
    ['idle ones', { status: 'idle' }, afterAWhile, ['slow 3']],
    ['idle ones a minute later', { status: 'idle' }, start + 60_000, ['shop 1']],
    ['away ones', { status: 'away' }, afterAWhile, ['shop 2', 'shop 1']],
    ['away ones of a site', { status: 'away', site: 'slow' }, start + 1_200_002, ['slow 3']],
    ['ended ones', { status: 'ended' }, afterAWhile, ['shop 4']],
    ['ended ones, an hour later', { status: 'ended' }, start + hour, ['shop 4', 'slow 3', 'shop 2', 'shop 1']],
    ['everything at once', { site: 'shop', status: 'live', shortId: '0001', customerId: idOf(71), visitorId: idOf(71), from: start, to: start + 1 }, start, ['shop 1']],
  ]

  test.each(filters)('lists by %s', (_title, filter, now, expected) => {
    expect(list(fill(...many), filter, now)).toEqual(expected)
  })

  test.each([{}, { site: 'shop' }, { status: 'live' }, { customerId: idOf(7) }, { status: 'ended', to: start + 3 }] satisfies SessionFilter[])(
    'leads through all pages, each session once, also those of the same instant: %j',
    filter => {
      const store = fill(...Array.from({ length: 23 }, (_, n) => sessionOf(n + 1, { at: Math.floor(n / 5), facts: { visitorId: idOf(7) }, events: n % 3 ? [] : [identify(n + 1, idOf(7))] })))
      const whole = list(store, filter)
      const paged: string[] = []
      for (let after: string | undefined; ; ) {
        const { entities, next } = store.list(filter, start, { limit: 5, ...(after !== undefined && { after }) })
        paged.push(...entities.map(({ site, state }) => `${site} ${Number(state.id.slice(-12))}`))
        if (next === undefined) break
        expect(entities).toHaveLength(5)
        after = next
      }
      expect(paged).toEqual(whole)
      expect(new Set(paged).size).toBe(paged.length)
    },
  )

  test('goes on where a page ended, whatever was added before it', () => {
    const store = fill(...[1, 2, 3, 4].map(n => sessionOf(n, { at: n })))
    const { next } = store.list({}, start, { limit: 2 })
    write(store, writer => writer.save(sessionOf(9, { at: 9 })))
    expect(store.list({}, start, { limit: 2, after: next! }).entities.map(({ state }) => state.id)).toEqual([idOf(2), idOf(1)])
  })

  test.each(['', 'nonsense', Buffer.from('[1]').toString('base64url'), Buffer.from('["1","a","b"]').toString('base64url'), Buffer.from('{}').toString('base64url')])(
    'refuses %j as a place to go on',
    after => {
      const store = fill(sessionOf(1))
      expect(() => store.list({}, start, { limit: 1, after })).toThrow('cursor: expected what nextUri says')
      expect(() => store.events('shop', idOf(1), { limit: 1, after })).toThrow('cursor: expected what nextUri says')
    },
  )

  test('keeps an event once, and gives a session’s events back oldest first', () => {
    const store = open()
    const events = [eventOf(idOf(1), 3, 30), eventOf(idOf(1), 2, 10), { ...eventOf(idOf(1), 1, 10), clientAt: start - 5 }]
    write(store, writer => {
      expect(events.map(event => addLogged(writer, 'shop', event))).toEqual([true, true, true])
      expect(addLogged(writer, 'shop', { ...events[0]!, at: 0 })).toBe(false)
      expect(addLogged(writer, 'slow', events[0]!)).toBe(true)
      expect(addLogged(writer, 'shop', eventOf(idOf(2), 3, 30))).toBe(true)
    })
    write(store, writer => expect(addLogged(writer, 'shop', events[2]!)).toBe(false))
    expect(store.events('shop', idOf(1), { limit: 10 })).toEqual({ entities: [events[2], events[1], events[0]] })
    const first = store.events('shop', idOf(1), { limit: 1 })
    const second = store.events('shop', idOf(1), { limit: 2, after: first.next! })
    expect([first.entities, second]).toEqual([[events[2]], { entities: [events[1], events[0]] }])
  })

  test('takes ids that are no UUIDs', () => {
    const store = open()
    const odd = ['', 'a', 'sixteen bytes...', 'ÄÖ', '019A0000-0000-7000-8000-000000000001', '\0', "'; DROP TABLE sessions; --"]
    write(store, writer =>
      odd.forEach(id => {
        writer.save({ ...sessionOf(1), state: { ...sessionOf(1).state, id } })
        expect(addLogged(writer, 'shop', { ...eventOf(id, 1, 0), id })).toBe(true)
      }),
    )
    expect(odd.map(id => store.get(id)?.state.id)).toEqual(odd)
    expect(odd.map(id => store.events('shop', id, { limit: 5 }).entities.map(event => event.id))).toEqual(odd.map(id => [id]))
    expect(list(store)).toHaveLength(odd.length)
  })

  test('keeps the mark together with what was written', () => {
    const store = fill(sessionOf(1))
    expect(store.mark()).toEqual(mark)
    store.transaction({ ...mark, position: 7 }, () => undefined)
    expect(store.mark()).toEqual({ ...mark, position: 7 })
  })

  test('keeps nothing of a transaction that throws', () => {
    const store = fill(sessionOf(1))
    const before = store.get(idOf(1))
    const fail = (): void =>
      store.transaction({ ...mark, position: 2 }, writer => {
        writer.save(sessionOf(1, { events: [end(1, 1)] }))
        writer.save(sessionOf(2, { site: 'slow' }))
        addLogged(writer, 'slow', eventOf(idOf(1), 1, 1))
        writer.hold({ site: 'slow', shortId: '1234', session: idOf(1), until: start })
        throw new Error('in the middle')
      })
    expect(fail).toThrow('in the middle')
    expect([store.mark(), store.get(idOf(1)), list(store)]).toEqual([mark, before, ['shop 1']])
    write(store, writer => {
      expect(writer.load('slow', idOf(2))).toBeUndefined()
      expect(addLogged(writer, 'slow', eventOf(idOf(1), 1, 1))).toBe(true)
      expect(writer.holderOf('slow', '1234', start - 1)).toBeUndefined()
      writer.save(sessionOf(3, { site: 'slow', at: 1 }))
    })
    expect(list(store)).toEqual(['slow 3', 'shop 1'])
    expect(store.events('slow', idOf(1), { limit: 5 }).entities).toHaveLength(1)
  })

  test('lets the writer see what it has written', () => {
    const store = open()
    write(store, writer => {
      expect(writer.load('shop', idOf(1))).toBeUndefined()
      writer.save(sessionOf(1))
      expect(writer.load('shop', idOf(1))).toEqual(sessionOf(1))
      expect(writer.load('slow', idOf(1))).toBeUndefined()
    })
  })

  test('knows who holds a short id, and until when', () => {
    const store = open()
    const hold = (session: number, until: number): void =>
      write(store, writer => writer.hold({ site: 'shop', shortId: '0042', session: idOf(session), until: start + until }))
    const holders = (...instants: number[]): (string | undefined)[] => {
      const found: (string | undefined)[] = []
      write(store, writer => found.push(...instants.map(at => writer.holderOf('shop', '0042', start + at))))
      return found
    }
    hold(1, 10)
    expect(holders(0, 9, 10)).toEqual([idOf(1), idOf(1), undefined])
    hold(1, 20)
    expect(holders(10, 20)).toEqual([idOf(1), undefined])
    hold(2, 30)
    expect(holders(0, 29, 30)).toEqual([idOf(2), idOf(2), undefined])
    write(store, writer => {
      expect(writer.holderOf('slow', '0042', start)).toBeUndefined()
      expect(writer.holderOf('shop', '42', start)).toBeUndefined()
    })
  })

  test('keeps what was lost of a session that is not there, for the visitor who says so, until it is taken', () => {
    const store = open()
    const orphan = { site: 'shop', session: idOf(1), visitor: idOf(7), lost: { cap: 2, storage: 1 }, at: start }
    write(store, writer => {
      expect(writer.takeLosses('shop', idOf(1), idOf(7))).toBeUndefined()
      writer.keepLosses(orphan)
      writer.keepLosses({ ...orphan, visitor: idOf(8), lost: { cap: 1 } })
    })
    write(store, writer => {
      expect(writer.takeLosses('slow', idOf(1), idOf(7))).toBeUndefined()
      expect(writer.takeLosses('shop', idOf(1), idOf(7))).toEqual(orphan.lost)
      expect(writer.takeLosses('shop', idOf(1), idOf(7))).toBeUndefined()
      expect(writer.takeLosses('shop', idOf(1), idOf(8))).toEqual({ cap: 1 })
    })
  })

  test('adds up what is counted of each site', () => {
    const store = open()
    expect(store.deliveries()).toEqual([])
    write(store, writer => {
      writer.addCount('shop', 'received', 5)
      writer.addCount('shop', 'missing', 2)
      writer.addCount('slow', 'lost:cap', 1)
    })
    write(store, writer => {
      writer.addCount('shop', 'received', 1)
      writer.addCount('shop', 'missing', -2)
    })
    expect(() => store.transaction(mark, writer => {
      writer.addCount('shop', 'received', 99)
      throw new Error('in the middle')
    })).toThrow('in the middle')
    expect(store.deliveries()).toEqual([
      { site: 'shop', counts: { received: 6, missing: 0 } },
      { site: 'slow', counts: { 'lost:cap': 1 } },
    ])
    store.clear()
    expect(store.deliveries()).toEqual([])
  })

  test('forgets everything when it is cleared, and can be filled again', () => {
    const store = fill(sessionOf(1))
    write(store, writer => {
      addLogged(writer, 'shop', eventOf(idOf(1), 1, 0))
      writer.hold({ site: 'shop', shortId: '0042', session: idOf(1), until: start + 10 })
    })
    store.clear()
    expect([store.mark(), list(store), store.get(idOf(1))]).toEqual([undefined, [], undefined])
    write(store, writer => {
      expect(writer.holderOf('shop', '0042', start)).toBeUndefined()
      expect(addLogged(writer, 'shop', eventOf(idOf(1), 1, 0))).toBe(true)
      writer.save(sessionOf(2))
    })
    expect(list(store)).toEqual(['shop 2'])
  })
})
