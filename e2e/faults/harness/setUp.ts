import { afterAll, beforeAll, expect } from 'vitest'
import { createApi } from '../../harness/createApi.ts'
import { launchChromium } from '../../harness/launchChromium.ts'
import { startCollector, type CollectorOptions } from '../../harness/startCollector.ts'
import { createCounter } from './createCounter.ts'
import { createGate } from './createGate.ts'
import { pages } from './pages.ts'
import { keepResult } from './results.ts'
import { runTrial, type Scenario, type World } from './runTrial.ts'

/** Trials of a scenario that may be cut short, and are done again: more than these the machine cannot be blamed for. */
const mostCut = 2

/**
 * A browser, a gate and collectors behind it for the scenarios of a file.
 *
 * @param collectors how many, each with its own data; the gate goes on to the next when one does not listen. Default 1
 * @param options of the collectors
 */
export const setUp = (collectors = 1, options: CollectorOptions = {}) => {
  let world: World | undefined

  beforeAll(async () => {
    const all = await Promise.all(Array.from({ length: collectors }, () => startCollector(options)))
    const gate = await createGate(
      all.map(({ url }) => url),
      pages,
    )
    world = { browser: await launchChromium(), gate, collector: all[0]!, collectors: all, counter: createCounter(...all.map(createApi)) }
  })

  afterAll(async () => {
    await world?.browser.close()
    await world?.gate.stop()
    for (const collector of world?.collectors ?? []) await collector.stop()
  })

  return {
    /** Runs the trials of a scenario one after the other, those that were cut short once more, counts, and keeps the result. The first loss ends it. */
    run: async (scenario: Scenario): Promise<void> => {
      const { name, trials, limit } = scenario
      const markers: string[] = []
      let cut = 0
      for (let trial = 0; trial < trials + cut; trial++) {
        const result = await runTrial(world!, scenario, trial)
        if (result) markers.push(...result.markers)
        else if (++cut > mostCut) throw new Error(`${name}: Chromium ended the page before it had left, ${cut} times in ${trial + 1} trials`)
      }
      // Once more, now that no browser is left that could send: a late copy shows here.
      const counted = await world!.counter.count(markers, 0)
      keepResult({ scenario: name, trials, ...counted, ...(limit && { limit }), ...(cut && { cut }) })
      expect({ name, ...counted }).toEqual({
        name,
        sent: markers.length,
        once: limit ? counted.once : markers.length,
        lost: limit ? counted.lost : 0,
        doubled: 0,
      })
    },
  }
}
