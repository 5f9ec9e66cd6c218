import { afterAll, beforeAll, expect } from 'vitest'
import { createApi } from '../../harness/createApi.ts'
import { launchChromium } from '../../harness/launchChromium.ts'
import { startCollector } from '../../harness/startCollector.ts'
import { createCounter } from './createCounter.ts'
import { createGate } from './createGate.ts'
import { pages } from './pages.ts'
import { keepResult } from './results.ts'
import { runTrial, type Scenario, type World } from './runTrial.ts'

/** A collector, a gate before it and a browser for the scenarios of a file. */
export const setUp = () => {
  let world: World | undefined

  beforeAll(async () => {
    const collector = await startCollector()
    const browser = await launchChromium()
    const gate = await createGate(collector.url, pages)
    world = { browser, gate, collector, collectors: [collector], counter: createCounter(createApi(collector)) }
  })

  afterAll(async () => {
    await world?.browser.close()
    await world?.gate.stop()
    await world?.collector.stop()
  })

  return {
    /** Runs the trials of a scenario one after the other, counts, and keeps the result. The first loss ends it. */
    run: async (scenario: Scenario): Promise<void> => {
      const { name, trials, limit } = scenario
      const markers: string[] = []
      for (let trial = 0; trial < trials; trial++) markers.push(...(await runTrial(world!, scenario, trial)).markers)
      // Once more, now that no browser is left that could send: a late copy shows here.
      const counted = await world!.counter.count(markers, 0)
      keepResult({ scenario: name, trials, ...counted, ...(limit && { limit }) })
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
