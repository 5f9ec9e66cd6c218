// The projection of a checkout, built, makes Sessions of a log that is there, and says what that cost:
// node bench/foldProgram.mjs CHECKOUT FOLDER SESSIONS WARM-UP COUNT, started by bench/foldTime.mjs
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [checkout = '', folder = '', sessionsFile = '', warmUp = '', count = ''] = process.argv.slice(2)
const load = (/** @type {string} */ file) => import(pathToFileURL(join(checkout, 'dist/collector', file)).href)
/** @type {[typeof import('../src/collector/startProjection.ts'), typeof import('../src/collector/dataFiles.ts')]} */
const [{ startProjection }, { toDataFiles }] = await Promise.all([load('startProjection.js'), load('dataFiles.js')])

/** @type {{ position: number, at: number, processor: number } | undefined} */
let from
let isDone = false
const projection = startProjection({
  logFile: toDataFiles(folder).logFile,
  sessionsFile,
  sites: [{ id: 'shop', origins: ['https://shop.example.com'] }],
  definitions: { segments: [], outcomes: [] },
  onProgress: position => {
    const { user, system } = process.cpuUsage()
    const now = { position, at: 1000 * performance.now(), processor: user + system }
    if (position >= Number(warmUp)) from ??= now
    if (isDone || position < Number(count) || !from) return
    isDone = true
    const batches = position - from.position
    process.stdout.write(JSON.stringify({ processor: (now.processor - from.processor) / batches, elapsed: (now.at - from.at) / batches }))
    void projection.stop()
  },
  onFailure: cause => {
    throw cause
  },
})
