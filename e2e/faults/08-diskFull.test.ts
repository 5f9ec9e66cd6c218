import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { until } from '../harness/until.ts'
import { setUp } from './harness/setUp.ts'
import { flush, trackAll } from './harness/tab.ts'

const { run } = setUp(1, { diskBytes: 48 << 20 })

/** Writes a file until there is no room left. @returns its path */
const fill = (folder: string): string => {
  const path = join(folder, 'filling')
  const file = openSync(path, 'w')
  const write = (bytes: number): boolean => {
    try {
      return writeSync(file, Buffer.alloc(bytes)) === bytes
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') return false
      throw cause
    }
  }
  for (const bytes of [1 << 20, 1 << 12, 1]) while (write(bytes));
  closeSync(file)
  return path
}

test('the disk is full under the collector', () =>
  run({
    name: 'the disk is full under the collector for a while (503 with Retry-After)',
    trials: 3,
    patience: 60_000,
    run: async ({ page, gate, collector, markers }) => {
      await trackAll(page, markers(10))
      await flush(page)
      const filling = fill(collector.data())
      await trackAll(page, markers(200))
      await flush(page)
      await until(gate.seen, lines => lines.some(line => line.includes('503, Retry-After')))
      await trackAll(page, markers(10))
      rmSync(filling)
      await flush(page)
    },
  }))
