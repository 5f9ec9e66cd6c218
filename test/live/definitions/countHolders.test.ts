import { expect, test } from 'vitest'
import { countHolders } from '../../../src/live/definitions/countHolders.ts'
import { applyChanges, noneCurrent } from '../../../src/live/current.ts'
import { sampleSession, toIso } from '../sampleSession.ts'

const vip = [{ segment: { id: 'vip' }, assignedDate: toIso(1) }]

test('sessions are counted once, live ones and the ended ones that are at hand', () => {
  const live = applyChanges(noneCurrent, [sampleSession({ id: 'a', segmentAssignments: vip }), sampleSession({ id: 'b', outcomeAchievements: [{ outcome: { id: 'paid' }, achievedDate: toIso(1) }] })])
  const ended = { phase: 'ready' as const, sessions: [sampleSession({ id: 'c', endedDate: toIso(9), segmentAssignments: vip }), sampleSession({ id: 'a', segmentAssignments: vip })] }
  const { counts, total } = countHolders({ live, ended }, 'segments')
  expect([[...counts], total]).toEqual([[['vip', 2]], 3])
  expect([...countHolders({ live, ended }, 'outcomes').counts]).toEqual([['paid', 1]])
})
