import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Holding, StoredSession } from '../../../src/collector/sessionStore.ts'
import { holdShortId } from '../../../src/collector/projection/shortIds.ts'
import type { Site } from '../../../src/collector/site.ts'
import { presenceOf, reduceSession, statusAt, type Event } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

const minute = 60_000

const sites: Site[] = [
  { id: 'shop', origins: [] },
  { id: 'slow', origins: [], sessionTimeoutSeconds: 7200 },
]

/** Who has what, by site; numbers below `taken` are somebody else's for ever. */
const createHoldings = (taken = 0) => {
  const holdings = new Map<string, Holding>()
  return {
    holderOf: (site: string, shortId: string, at: number): string | undefined => {
      const holding = holdings.get(`${site}/${shortId}`)
      if (holding && holding.until > at) return holding.session
      return Number(shortId) < taken ? 'somebody' : undefined
    },
    hold: (holding: Holding): void => void holdings.set(`${holding.site}/${holding.shortId}`, holding),
  }
}

/** A site with its sessions, as time goes by; now and then the clock of the collector is set back. */
const createSite = (site: Site, writer: ReturnType<typeof createHoldings>) => {
  const sessions: StoredSession[] = []
  let n = 0
  const keep = (i: number, session: StoredSession, receivedAt: number): StoredSession => (sessions[i] = holdShortId(session, { site, receivedAt, writer }))
  const add = (i: number, event: Event, receivedAt: number): StoredSession => {
    const known = sessions[i]!
    return keep(i, { ...known, state: reduceSession(known.state, event) }, receivedAt)
  }
  const base = (i: number, at: number) => ({ id: idOf(1_000_000 + ++n), session: sessions[i]!.state.id, seq: n, tab: 't', at })
  return {
    sessions,
    open: (at: number): StoredSession => {
      const event = opening(sessions.length + 1 + (site.id === 'slow' ? 500_000 : 0), { at })
      return keep(sessions.length, { site: site.id, state: reduceSession(undefined, event), facts: {}, duplicates: 0 }, at)
    },
    touch: (i: number, at: number) => add(i, { ...base(i, at), type: 'custom', eventName: 'a' }, at),
    end: (i: number, at: number) => add(i, { ...base(i, at), type: 'end', reason: 'reset' }, at),
    live: (at: number): StoredSession[] => sessions.filter(({ state }) => !state.end && statusAt(presenceOf(state, site), at) !== 'ended'),
  }
}

/** Numbers below a bound, the same ones for the same seed. */
const createDice = (of: number) => {
  let state = of
  return (bound: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) % bound
  }
}

const doubled = (sessions: readonly StoredSession[]): string[] => {
  const seen = new Set<string>()
  return sessions.flatMap(({ facts: { shortId } }) => {
    if (shortId === undefined) return []
    const isKnown = seen.has(shortId)
    seen.add(shortId)
    return isKnown ? [shortId] : []
  })
}

const kinds = ['open', 'open', 'open', 'touch', 'touch', 'end'] as const

test(`no two live sessions of a site have one short id, whatever comes and when (seed ${seed})`, () => {
  const roll = createDice(seed)
  const writer = createHoldings()
  const all = sites.map(site => createSite(site, writer))
  let [now, latest] = [start, start]
  for (let i = 0; i < 6000; i++) {
    // The clock of the collector is set back once in a while, by less than a short id lingers. By more, a session may be alive again whose
    // short id was given to another meanwhile; it gets one of its own with its next event, as is tested below.
    now = roll(500) === 0 ? latest - 9 * minute : now + roll(4000)
    latest = Math.max(latest, now)
    const of = all[roll(2)]!
    const kind = kinds[roll(kinds.length)]!
    if (kind === 'open' || !of.sessions.length) of.open(now)
    else of[kind](roll(of.sessions.length), now)
    if (i % 100 === 0) for (const each of all) expect(doubled(each.live(now))).toEqual([])
  }
  expect(all[0]!.live(now).length).toBeGreaterThan(100)
})

test(`a session keeps its short id as long as something happens in it, and others get it only after its end (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 29 }), { minLength: 1, maxLength: 40 }), pauses => {
      const writer = createHoldings()
      const site = createSite(sites[0]!, writer)
      let now = start
      const { shortId } = site.open(now).facts
      for (const pause of pauses) {
        expect(writer.holderOf('shop', shortId!, now + 39 * minute)).toBe(idOf(1))
        now += pause * minute
        expect(site.touch(0, now).facts.shortId).toBe(shortId)
      }
      site.end(0, now)
      expect(writer.holderOf('shop', shortId!, now + 10 * minute - 1)).toBe(idOf(1))
    }),
    { seed },
  )
})

test(`short ids have four digits on a small site and up to six on one that grows (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 5000, 9999, 10_000, 99_999, 1_000_000), fc.nat(100_000), (taken, at) => {
      const { shortId } = createSite(sites[0]!, createHoldings(taken)).open(start + at).facts
      if (taken === 1_000_000) expect(shortId).toBeUndefined()
      else expect(shortId).toMatch(taken < 5001 ? /^\d{4,5}$/ : taken < 99_999 ? /^\d{4,6}$/ : /^\d{6}$/)
      if (taken === 0) expect(shortId).toMatch(/^\d{4}$/)
    }),
    { seed },
  )
})

test('a session that finds no short id any more does not show one that is somebody else’s', () => {
  const holdings = createHoldings()
  const site = createSite(sites[0]!, holdings)
  const { shortId } = site.open(start).facts
  const later = start + 100 * minute
  const crowded = { ...holdings, holderOf: () => 'somebody' }
  const back = holdShortId(site.sessions[0]!, { site: sites[0]!, receivedAt: later, writer: crowded })
  expect([shortId, back.facts.shortId, back.heldUntil]).toEqual([expect.stringMatching(/^\d{4}$/), undefined, undefined])
})

test('a clock that is set back gives nobody a short id back that is somebody else’s by now', () => {
  const holdings = createHoldings()
  const site = createSite(sites[0]!, holdings)
  const { shortId } = site.open(start).facts
  holdings.hold({ site: 'shop', shortId: shortId!, session: idOf(2), until: start + 200 * minute })
  expect(site.touch(0, start + 20 * minute).facts.shortId).not.toBe(shortId)
  expect(holdings.holderOf('shop', shortId!, start + 20 * minute)).toBe(idOf(2))
})
