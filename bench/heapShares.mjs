// What the memory is for that a page with the script keeps after its start, above that of an empty page: node bench/heapShares.mjs
// Kilobytes by the kinds of a heap snapshot of Chromium, and the largest entries of them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowsers } from '../scripts/ensureBrowsers.mjs'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { root } from '../scripts/run.mjs'
import { launchBrowser } from './page/launchBrowser.mjs'
import { openSubject } from './page/openSubject.mjs'
import { readSnapshot } from './page/readSnapshot.mjs'

/** Milliseconds after which a page counts as started. */
const settle = 2000
/** Entries that are shown. */
const shown = 12

/** Bytes of a page's heap by kind, and by kind and name. */
const measure = async (/** @type {import('playwright-core').Browser} */ browser, /** @type {Buffer} */ script) => {
  const { sink } = await openSubject({ id: 'sojourn', name: 'Sojourn', queue: 'durable', settings: '' }, '', script)
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.goto(sink.site)
  await page.waitForTimeout(settle)
  const sizes = await readSnapshot(session)
  await context.close()
  sink.stop()
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
