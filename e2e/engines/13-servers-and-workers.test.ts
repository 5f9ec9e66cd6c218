import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '../harness/bundle.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { until } from '../harness/until.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Everything that an app does with a tracker, where there is no page. @returns the code; its `result` is what came of it */
const useTracker = (collector: string): string => `
const tracker = createTracker({ site: 'demo', collector: '${collector}' })
tracker.pageview()
tracker.screenview('Cart')
tracker.track('order_completed', { total: 49.9 })
tracker.identify('c-1017')
tracker.on('idle', () => {})()
tracker.consent('granted')
tracker.reset()
await tracker.flush()
const result = JSON.stringify([(await tracker.session()) ?? null, (await tracker.journeyContext()) ?? null, tracker.decorate('/cart')])
tracker.stop()`

const nothing = JSON.stringify([null, null, '/cart'])

/** Runs a program of an app that has the package installed; it has to end by itself. */
const runNode = async (...args: string[]): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 30_000 })
  return (stdout + stderr).trim()
}

describe('Node', () => {
  let site: Website

  beforeAll(async () => {
    site = await serveSite({})
  })

  afterAll(() => site?.stop())

  test('a server imports and creates a tracker, which does nothing, and keeps no program from its end', async () => {
    const program = `import { createTracker } from 'sojourn'\n${useTracker(site.origin)}\nconsole.log(result)`
    expect(await runNode('--input-type=module', '--eval', program)).toBe(nothing)
    expect(site.posted('/v1/events')).toEqual([])
  })

  test('so does a worker thread', async () => {
    const work = `(async () => { const { createTracker } = await import('sojourn')\n${useTracker(site.origin)}\nrequire('node:worker_threads').parentPort.postMessage(result) })()`
    const program = `new (require('node:worker_threads').Worker)(${JSON.stringify(work)}, { eval: true }).on('message', result => console.log(result))`
    expect(await runNode('--eval', program)).toBe(nothing)
    expect(site.posted('/v1/events')).toEqual([])
  })
})

inEachEngine(({ newProfile, collector }) => {
  let site: Website

  beforeAll(async () => {
    const program = await bundle(`import { createTracker } from 'sojourn'\n${useTracker(collector().url)}\npostMessage(result)`)
    const script = "new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => navigator.sendBeacon('/result', data)"
    site = await serveSite({
      pages: { '/': trackedPage('Page', { script }), '/worker.js': program },
      headers: { '/worker.js': { 'content-type': 'text/javascript' } },
    })
  })

  afterAll(() => site?.stop())

  test('a worker of a page imports and creates a tracker, which does nothing', async () => {
    const tab = await (await newProfile()).newTab()
    await tab.goto(site.origin)
    expect(await until(() => site.posted('/result'), all => all.length > 0)).toEqual([nothing])
    expect(site.posted('/troubles')).toEqual([])
    expect(await tab.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
  })
})
