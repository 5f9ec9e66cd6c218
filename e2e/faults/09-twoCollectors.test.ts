import { test } from 'vitest'
import { setUp } from './harness/setUp.ts'
import { underLoad } from './harness/underLoad.ts'

const { run } = setUp(2)

test('two collectors are restarted in turn under load', () =>
  run({
    name: 'two collectors, each with its own data, are restarted in turn under load (counted over both)',
    trials: 2,
    deadline: 120_000,
    // Each time the one that is in use, and the other takes over.
    run: underLoad(4, async ({ collectors }, round) => {
      const collector = collectors[round % 2]!
      await collector.end()
      await collector.restart()
    }),
  }))
