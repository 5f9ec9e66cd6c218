// What the memory is for that a page with the script keeps after its start, above that of an empty page: node bench/heapShares.mjs
// Kilobytes by the kinds of a heap snapshot of Chromium, and the largest entries of them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowsers } from '../scripts/ensureBrowsers.mjs'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { root } from '../scripts/run.mjs'
import { launchBrowser } from './page/launchBrowser.mjs'
import { openSubject } from './page/openSubject.mjs'

/** Milliseconds after which a page counts as started. */
const settle = 2000
/** Entries that are shown. */
const shown = 12

/** @typedef {{ snapshot: { meta: { node_fields: string[], node_types: [string[]] } }, nodes: number[], strings: string[] }} Snapshot */

/** Bytes of a page's heap by kind, and by kind and name. */
const measure = async (/** @type {import('playwright-core').Browser} */ browser, /** @type {Buffer} */ script) => {
  const { sink } = await openSubject({ id: 'sojourn', name: 'Sojourn', queue: 'durable', settings: '' }, '', script)
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.goto(sink.site)
  await page.waitForTimeout(settle)
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage')
  let text = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    text += chunk
  })
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await context.close()
  sink.stop()
  const { snapshot, nodes, strings } = /** @type {Snapshot} */ (JSON.parse(text))
  const { node_fields: fields, node_types: [kinds] } = snapshot.meta
  const [kindAt, nameAt, sizeAt] = ['type', 'name', 'self_size'].map(name => fields.indexOf(name))
  /** @type {Map<string, number>} */
  const sizes = new Map()
  for (let at = 0; at < nodes.length; at += fields.length) {
    const read = (/** @type {number | undefined} */ field = 0) => nodes[at + field] ?? 0
    const kind = kinds[read(kindAt)] ?? ''
    for (const key of [kind, `${kind}: ${strings[read(nameAt)] ?? ''}`]) sizes.set(key, (sizes.get(key) ?? 0) + read(sizeAt))
  }
  return sizes
}

ensureBuild()
await ensureBrowsers(['chromium'])
const browser = await launchBrowser()
try {
  const [empty, sojourn] = [await measure(browser, Buffer.alloc(0)), await measure(browser, readFileSync(join(root, 'dist/sojourn.js')))]
  const added = [...sojourn].map(([key, size]) => /** @type {const} */ ([key, (size - (empty.get(key) ?? 0)) / 1000])).sort(([, a], [, b]) => b - a)
  for (const isKind of [true, false]) {
    for (const [key, size] of added.filter(([key]) => key.includes(':') !== isKind).slice(0, shown)) process.stdout.write(`${size.toFixed(1).padStart(8)} KB  ${key.slice(0, 80)}\n`)
    process.stdout.write('\n')
  }
} finally {
  await browser.close()
}
