import { afterAll, beforeAll } from 'vitest'
import { startCollector, type Collector, type CollectorOptions } from '../harness/startCollector.ts'

/** Has a collector run while the tests of a file do. @returns a function that gives it, from the first hook on */
export const setUpCollector = (options?: CollectorOptions): (() => Collector) => {
  let collector: Collector | undefined
  beforeAll(async () => {
    collector = await startCollector(options)
  })
  afterAll(() => collector?.stop())
  return () => collector!
}
