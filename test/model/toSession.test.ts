import { describe, expect, test } from 'vitest'
import { toSession, type Session } from '../../src/model/index.ts'
import { fold, show, start, toEvents, type Given } from './fold.ts'

const date = (seconds: number): string => new Date(start + seconds * 1000).toISOString()
const view: Given = { type: 'pageview', page: { url: 'https://shop.example.com/' } }
const life = ({ status, endedDate, idleDate, awayDate }: Session) => ({ status, ended: endedDate, idle: idleDate, away: awayDate })

describe('the status follows from the instants', () => {
  test.each([
    [0, 'active', undefined],
    [60, 'idle', undefined],
    [300, 'away', undefined],
    [1799, 'away', undefined],
    [1800, 'ended', date(0)],
    [1e7, 'ended', date(0)],
  ])('%i seconds after one pageview', (seconds, status, ended) => {
    expect(life(show([view], { seconds }))).toEqual({ status, ended, idle: date(60), away: date(300) })
  })

  test('a timed-out session ended with its last activity', () => {
    const session = show([view, { type: 'custom', eventName: 'a', at: 100 }, { type: 'activity', state: 'away', at: 400 }], { seconds: 5000 })
    expect(life(session)).toEqual({ status: 'ended', ended: date(100), idle: date(160), away: date(400) })
  })

  test('input that an activity reports pushes the instants, the event itself does not', () => {
    const session = show([view, { type: 'activity', state: 'active', at: 50, activeAt: start + 45_000 }], { seconds: 100 })
    expect(life(session)).toMatchObject({ status: 'active', idle: date(105) })
    expect(session.durationInSeconds).toBe(45)
  })

  test('an end ends the session at its instant, and only the first one counts', () => {
    const given: Given[] = [view, { type: 'end', reason: 'reset', at: 10 }, { type: 'end', reason: 'campaign', at: 20 }]
    expect(life(show(given, { seconds: 11 }))).toMatchObject({ status: 'ended', ended: date(10) })
    expect(life(show(given, { seconds: 9e6 }))).toMatchObject({ status: 'ended', ended: date(10) })
  })
})

describe('the visibility of tabs', () => {
  const hide = (at: number, tab = 't1'): Given => ({ type: 'activity', state: 'active', visible: false, at, tab })
  const show2: Given = { ...view, tab: 't2', at: 5 }

  test('the visitor is away half a minute after the only tab hid', () => {
    expect(life(show([view, hide(10)], { seconds: 41 }))).toMatchObject({ status: 'away', idle: date(40), away: date(40) })
  })

  test('one of two tabs that hides changes nothing, the last one does', () => {
    expect(life(show([view, show2, hide(10)]))).toMatchObject({ away: date(305) })
    expect(life(show([view, show2, hide(10), hide(20, 't2')]))).toMatchObject({ away: date(50) })
  })

  test('a tab that is shown again brings the visitor back', () => {
    const back: Given = { type: 'activity', state: 'active', visible: true, at: 100, activeAt: start + 100_000 }
    expect(life(show([view, hide(10), back], { seconds: 101 }))).toMatchObject({ status: 'active', away: date(400) })
  })

  test('news that come in the wrong order count by their instants', () => {
    const events = toEvents([view, hide(10), { type: 'activity', state: 'active', visible: true, at: 20, activeAt: start + 20_000 }])
    expect(toSession(fold([events[2]!, events[0]!, events[1]!]), {}, { now: start })).toEqual(toSession(fold(events), {}, { now: start }))
  })

  test('a session without any view has no tab that could hide', () => {
    expect(life(show([{ type: 'custom', eventName: 'a' }]))).toMatchObject({ idle: date(60), away: date(300) })
  })
})

describe('the waiting times', () => {
  const rules = { idleAfterSeconds: 5, sessionTimeoutSeconds: 50 }

  test('are those of the opening event', () => {
    expect(life(show([{ ...view, start: { type: 'web', index: 1, rules } }], { seconds: 51 }))).toMatchObject({ status: 'ended', idle: date(5), away: date(300) })
  })

  test('are those of the site where the event names none', () => {
    const state = fold(toEvents([{ ...view, start: { type: 'web', index: 1, rules: { idleAfterSeconds: 7 } } }]))
    expect(life(toSession(state, {}, { now: start, rules: { idleAfterSeconds: 9, awayAfterSeconds: 20 } }))).toMatchObject({ idle: date(7), away: date(20) })
  })
})

describe('engagement', () => {
  test('adds up to the duration, whatever the events claim', () => {
    const session = show([view, { type: 'custom', eventName: 'a', at: 10, idle: 8000, away: 9_000_000 }])
    expect([session.durationInSeconds, session.engagement]).toEqual([10, { activeSeconds: 0, idleSeconds: 8, awaySeconds: 2 }])
  })

  test('is the furthest count, not a sum', () => {
    const session = show([view, { type: 'custom', eventName: 'a', at: 100, idle: 40_000 }, { type: 'custom', eventName: 'b', at: 110, idle: 40_000 }])
    expect(session.engagement).toEqual({ activeSeconds: 70, idleSeconds: 40, awaySeconds: 0 })
  })
})

test('equal sessions are equal byte for byte: keys stand in one order and nothing unknown is there', () => {
  const session = show([view])
  expect(JSON.stringify(session)).toBe(JSON.stringify(show([view])))
  expect(Object.values(session)).not.toContain(undefined)
  expect(Object.values(session)).not.toContain(null)
})
