import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }

const define = { __SOJOURN_VERSION__: JSON.stringify(version) }

export default defineConfig({
  test: {
    retry: 0,
    projects: [
      {
        define,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/reference/**'],
          testTimeout: 60_000,
          // What is waited for by its condition comes at once, but for a machine that is busy: a second would be a bound on that.
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        define,
        // Needs lists that are no part of the project, see `readReference`.
        test: { name: 'reference', include: ['test/reference/*.test.ts'] },
      },
      {
        define,
        // One browser and one collector at a time: two cores are little, and the stories measure time.
        test: {
          name: 'e2e',
          include: ['e2e/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        define,
        // What takes longer than whoever changes something wants to wait for.
        test: { name: 'stories', include: ['e2e/stories/*.test.ts'], fileParallelism: false, maxWorkers: 1, testTimeout: 120_000, hookTimeout: 60_000 },
      },
      {
        define,
        // Most of their time is waiting, and none of them has a bound that another browser at work would reach.
        test: { name: 'engines', include: ['e2e/engines/*.test.ts'], maxWorkers: 2, testTimeout: 120_000, hookTimeout: 60_000 },
      },
      {
        define,
        test: { name: 'clients', include: ['e2e/clients/*.test.ts'], fileParallelism: false, maxWorkers: 1, testTimeout: 120_000, hookTimeout: 60_000 },
      },
      {
        define,
        test: { name: 'faults', include: ['e2e/faults/*.test.ts'], fileParallelism: false, maxWorkers: 1, testTimeout: 300_000, hookTimeout: 60_000 },
      },
    ],
  },
})
