import { describe, expect, test } from 'vitest'
import { applyChanges, applySnapshot, noneCurrent, removeFromCurrent, toEntities, type Current } from '../../src/live/current.ts'
import type { LiveSession } from '../../src/live/liveSession.ts'
import { sampleSession, toIso } from './sampleSession.ts'

const [a, b, c] = ['a', 'b', 'c'].map(id => sampleSession({ id })) as [ReturnType<typeof sampleSession>, ReturnType<typeof sampleSession>, ReturnType<typeof sampleSession>]
const newer = { ...a, eventCount: 2 }
const over = sampleSession({ id: 'a', endedDate: toIso(9) })

const show = (live: Current<LiveSession>): string => toEntities(live).map(({ id, eventCount }) => `${id}${eventCount}`).sort().join(' ')

describe('the sessions that are live', () => {
  test('come and go with changes', () => {
    const live = applyChanges(applyChanges(noneCurrent, [a, b]), [newer, c])
    expect(show(live)).toBe('a2 b1 c1')
    expect(show(applyChanges(live, [over]))).toBe('b1 c1')
  })

  test('are those of a snapshot, and no others', () =>
    expect(show(applySnapshot(applyChanges(noneCurrent, [a]), { entities: [b, over], since: 1, complete: true }))).toBe('b1'))

  test('keep what changed after the snapshot was asked for', () => {
    const asked = applyChanges(noneCurrent, [a, b])
    const changed = applyChanges(asked, [newer, c])
    expect(show(applySnapshot(changed, { entities: [a], since: asked.revision, complete: true }))).toBe('a2 c1')
  })

  test('keep what a snapshot of the newest alone says nothing about', () => {
    const live = applySnapshot(applyChanges(noneCurrent, [a]), { entities: [b], since: 1, complete: false })
    expect(show(live)).toBe('a1 b1')
    expect(live).toMatchObject({ loaded: true, complete: false })
  })

  test('are without what ended, or was removed, while the snapshot was on its way', () => {
    const asked = applyChanges(noneCurrent, [a, b, c])
    const changed = removeFromCurrent(applyChanges(asked, [over]), ['b'])
    const answered = applySnapshot(changed, { entities: [a, b, c], since: asked.revision, complete: true })
    expect(show(answered)).toBe('c1')
    expect(show(applySnapshot(answered, { entities: [a, c], since: answered.revision, complete: true }))).toBe('a1 c1')
  })

  test('that end, and go on while the snapshot is on its way, go on', () => {
    const asked = applyChanges(noneCurrent, [a])
    const changed = applyChanges(applyChanges(asked, [over]), [newer])
    expect(show(applySnapshot(changed, { entities: [], since: asked.revision, complete: true }))).toBe('a2')
  })

  test('of which a snapshot has only the newest leave when nothing was heard of them since the one before', () => {
    const first = applySnapshot(applyChanges(noneCurrent, [a]), { entities: [b], since: 1, complete: false })
    const heard = applyChanges(first, [newer])
    const second = applySnapshot(heard, { entities: [c], since: heard.revision, complete: false })
    expect(show(second)).toBe('a2 c1')
    expect(show(applySnapshot(second, { entities: [c], since: second.revision, complete: false }))).toBe('c1')
  })
})
