import { test } from 'vitest'
import { setUp } from './harness/setUp.ts'
import { underLoad } from './harness/underLoad.ts'

const { run } = setUp()

test('the collector is killed again and again under load', () =>
  run({
    name: 'the collector is killed (-9) again and again under load, and started again',
    trials: 2,
    deadline: 120_000,
    // The page may send just when the collector dies, each time: from the fifth failure in a row on it keeps its pause, half a minute or more.
    patience: 150_000,
    run: underLoad(5, async ({ collector }) => {
      await collector.kill()
      await collector.restart()
    }),
  }))
