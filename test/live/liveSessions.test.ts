import { describe, expect, test } from 'vitest'
import { applyChanges, applySnapshot, noSessions, toSessions, type LiveSessions } from '../../src/live/liveSessions.ts'
import { sampleSession, toIso } from './sampleSession.ts'

const [a, b, c] = ['a', 'b', 'c'].map(id => sampleSession({ id })) as [ReturnType<typeof sampleSession>, ReturnType<typeof sampleSession>, ReturnType<typeof sampleSession>]
const newer = { ...a, eventCount: 2 }
const over = { ...a, endedDate: toIso(9) }

const show = (live: LiveSessions): string => toSessions(live).map(({ id, eventCount }) => `${id}${eventCount}`).sort().join(' ')

describe('the sessions that are live', () => {
  test('come and go with changes', () => {
    const live = applyChanges(applyChanges(noSessions, [a, b]), [newer, c])
    expect(show(live)).toBe('a2 b1 c1')
    expect(show(applyChanges(live, [over]))).toBe('b1 c1')
  })

  test('are those of a snapshot, and no others', () =>
    expect(show(applySnapshot(applyChanges(noSessions, [a]), { sessions: [b, over], since: 1, complete: true }))).toBe('b1'))

  test('keep what changed after the snapshot was asked for', () => {
    const asked = applyChanges(noSessions, [a, b])
    const changed = applyChanges(asked, [newer, c])
    expect(show(applySnapshot(changed, { sessions: [a], since: asked.revision, complete: true }))).toBe('a2 c1')
  })

  test('keep what a snapshot of the newest alone says nothing about', () => {
    const live = applySnapshot(applyChanges(noSessions, [a]), { sessions: [b], since: 1, complete: false })
    expect(show(live)).toBe('a1 b1')
    expect(live).toMatchObject({ loaded: true, complete: false })
  })
})
