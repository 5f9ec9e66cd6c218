import fc from 'fast-check'
import { expect, test } from 'vitest'
import { presenceOf as presenceOfState, reduceSession, type SessionState } from '../../../src/model/index.ts'
import { foldBrief, presenceOf, type SessionBrief } from '../../../src/tracker/store/sessionBrief.ts'
import { sessionEvents } from '../../model/arbitraries.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

test(`the brief that a page keeps tells of a session what the collector's fold tells (seed ${seed})`, () => {
  fc.assert(
    fc.property(sessionEvents(), events => {
      const inOrder = [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      const state = inOrder.reduce<SessionState | undefined>(reduceSession, undefined)!
      const brief = inOrder.reduce<SessionBrief | undefined>(foldBrief, undefined)!
      const { id, idle, away, start } = state
      expect(brief).toMatchObject({ id, idle, away, start, createdAt: state.first.stamp[0], activeAt: state.activeAt })
      expect(!!brief.end).toBe(!!state.end)
      expect(presenceOf(brief)).toEqual(presenceOfState(state))
    }),
    { seed, numRuns: 3000 },
  )
})
