import { describe, expect, onTestFinished, test } from 'vitest'
import type { Holding, StoredSession } from '../../../src/collector/sessionStore.ts'
import { findShortId, holdShortId } from '../../../src/collector/projection/shortIds.ts'
import { reduceSession, type Event } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'

const take = (taken: Set<string>, session: number, digits = 4): string | undefined => {
  const shortId = findShortId({ site: 'shop', session: idOf(session), digits, isFree: candidate => !taken.has(candidate) })
  if (shortId !== undefined) taken.add(shortId)
  return shortId
}

describe('a short id', () => {
  test('follows from site and session', () => {
    const find = (site: string, session: number): string | undefined => findShortId({ site, session: idOf(session), digits: 4, isFree: () => true })
    expect(find('shop', 1)).toMatch(/^\d{4}$/)
    expect(find('shop', 1)).toBe(find('shop', 1))
    expect(find('shop', 1)).not.toBe(find('shop', 2))
    expect(find('shop', 1)).not.toBe(find('other', 1))
  })

  test('has as many digits as the site wants', () => {
    expect([4, 5, 6].map(digits => take(new Set(), 1, digits)?.length)).toEqual([4, 5, 6])
  })

  test('is one of its own for each of 60,000 sessions, and gets longer as the short ones get scarce', () => {
    const taken = new Set<string>()
    const lengths = Array.from({ length: 60_000 }, (_, n) => take(taken, n)?.length ?? 0)
    expect(taken.size).toBe(60_000)
    const longer = (from: number, to: number): number => lengths.slice(from, to).filter(length => length > 4).length / (to - from)
    expect(longer(0, 1000)).toBeLessThan(0.01)
    expect(longer(5000, 6000)).toBeGreaterThan(0.05)
    expect(longer(20_000, 21_000)).toBeGreaterThan(0.8)
    expect(new Set(lengths)).toEqual(new Set([4, 5, 6]))
  })

  test('is not there when all are taken', () => {
    expect(findShortId({ site: 'shop', session: idOf(1), digits: 4, isFree: () => false })).toBeUndefined()
  })
})

const minute = 60_000
const site = { id: 'shop', origins: [] }

/** The part of the store that knows who holds what. */
const createHoldings = () => {
  const holdings = new Map<string, Holding>()
  return {
    holdings,
    holderOf: (_site: string, shortId: string, at: number) => {
      const holding = holdings.get(shortId)
      return holding && holding.until > at ? holding.session : undefined
    },
    hold: (holding: Holding) => void holdings.set(holding.shortId, holding),
  }
}

const sessionOf = (n: number, at = 0, more: Event[] = []): StoredSession => ({
  site: 'shop',
  state: more.reduce(reduceSession, reduceSession(undefined, opening(n, { at: start + at }))),
  facts: {},
  duplicates: 0,
})

const touch = (session: StoredSession, at: number): StoredSession => ({
  ...session,
  state: reduceSession(session.state, { id: idOf(500 + at), type: 'custom', eventName: 'a', at: start + at, session: session.state.id, seq: at, tab: 't' }),
})

describe('a holding', () => {
  test('lasts until ten minutes after the session has timed out', () => {
    const writer = createHoldings()
    const { facts, heldUntil } = holdShortId(sessionOf(1), { site, receivedAt: start, writer })
    expect(heldUntil).toBeGreaterThanOrEqual(start + 40 * minute)
    expect(heldUntil).toBeLessThan(start + 45 * minute)
    expect(writer.holderOf('shop', facts.shortId!, start + 40 * minute - 1)).toBe(idOf(1))
    expect(writer.holderOf('shop', facts.shortId!, start + 45 * minute)).toBeUndefined()
  })

  test('lasts ten minutes after a session was ended', () => {
    const end: Event = { id: idOf(2), type: 'end', reason: 'reset', at: start + 1, session: idOf(1), seq: 1, tab: 't' }
    const { heldUntil } = holdShortId(sessionOf(1, 0, [end]), { site, receivedAt: start + 2, writer: createHoldings() })
    expect(heldUntil! - start).toBeGreaterThanOrEqual(10 * minute)
    expect(heldUntil! - start).toBeLessThan(15 * minute + 2)
  })

  test('moves with activity, not with every event', () => {
    const writer = createHoldings()
    let session = holdShortId(sessionOf(1), { site, receivedAt: start, writer })
    const instants = new Set<number | undefined>()
    for (let at = 1; at <= 20 * minute; at += 10_000) {
      session = holdShortId(touch(session, at), { site, receivedAt: start + at, writer })
      instants.add(session.heldUntil)
    }
    expect(writer.holdings.size).toBe(1)
    expect(instants.size).toBeLessThanOrEqual(6)
    expect(session.heldUntil).toBeGreaterThanOrEqual(start + 59 * minute)
  })

  test('of a session that comes back late is taken up again when nobody else has it', () => {
    const writer = createHoldings()
    const session = holdShortId(sessionOf(1), { site, receivedAt: start, writer })
    const later = 100 * minute
    const back = holdShortId(touch(session, later), { site, receivedAt: start + later, writer })
    expect(back.facts.shortId).toBe(session.facts.shortId)
    expect(writer.holderOf('shop', back.facts.shortId!, start + later + 30 * minute)).toBe(idOf(1))
  })

  test('of a session that comes back too late is another one', () => {
    const writer = createHoldings()
    const session = holdShortId(sessionOf(1), { site, receivedAt: start, writer })
    const later = 100 * minute
    writer.hold({ site: 'shop', shortId: session.facts.shortId!, session: idOf(2), until: start + 2 * later })
    const back = holdShortId(touch(session, later), { site, receivedAt: start + later, writer })
    expect(back.facts.shortId).toMatch(/^\d{4}$/)
    expect(back.facts.shortId).not.toBe(session.facts.shortId)
    expect(writer.holderOf('shop', session.facts.shortId!, start + later)).toBe(idOf(2))
  })
})

test('the short id of a session that is over goes to another a while after, and leads an agent to the live one alone', async () => {
  const { app, send, get, setNow, session } = createMemoryCollector()
  onTestFinished(() => app.close())
  const wish = (n: number) => findShortId({ site: 'shop', session: idOf(n), digits: 4, isFree: () => true })
  const alike = (from: number): number => {
    let n = from
    while (wish(n) !== wish(1)) n++
    return n
  }
  const open = async (n: number, at: number): Promise<string | undefined> => {
    setNow(at)
    await send([opening(n, { at })])
    return (await session(n)).shortId
  }
  const find = async (query: string): Promise<string[]> =>
    (await get(`/v1/sessions?site=shop&shortId=${wish(1)}${query}`)).json<{ entities: { id: string }[] }>().entities.map(({ id }) => id)
  const early = alike(2)
  const late = alike(early + 1)
  expect(await open(1, start)).toBe(wish(1))
  expect(await open(early, start + 39 * minute)).not.toBe(wish(1))
  expect(await find('&status=live')).toEqual([])
  expect(await open(late, start + 45 * minute)).toBe(wish(1))
  expect([await find('&status=live'), await find('')]).toEqual([[idOf(late)], [idOf(late), idOf(1)]])
})
