// What a page's heap gains by the first look at each of the browser's interfaces that the tracker needs, and by all of them: what no script
// that does the same can do without. node bench/interfaceCosts.mjs
// Kilobytes above an empty page, the least of three pages. A page whose own code has used an interface has paid for it already.
import { ensureBrowsers } from '../scripts/ensureBrowsers.mjs'
import { launchBrowser } from './page/launchBrowser.mjs'
import { openSubject } from './page/openSubject.mjs'

const pages = 3
/** Milliseconds until what a look began has ended. */
const settle = 300

/** What is looked at; each is a statement. */
const looks = {
  'an element: the script’s own tag': 'document.scripts[0].dataset',
  'Temporal, for the time zone': 'Temporal.Now.timeZoneId()',
  'navigator, its client hints and locks': 'navigator.userAgentData; navigator.locks.request("a", () => 1)',
  'IndexedDB: a value stored and read': `const request = indexedDB.open("a", 1)
    request.onupgradeneeded = () => request.result.createObjectStore("a")
    request.onsuccess = () => {
      const store = request.result.transaction("a", "readwrite").objectStore("a")
      store.put({ a: 1 }, 0)
      store.getAll(IDBKeyRange.lowerBound(0))
    }`,
  'fetch, and what it answers': 'fetch("/a", { method: "POST", body: "a" }).then(async response => [response.headers.get("a"), await response.text()])',
  'an address taken apart': 'new URL(location.href).searchParams.get("a")',
  'performance': 'performance.now()',
  'the Navigation API': 'navigation.addEventListener("currententrychange", () => 1)',
  'localStorage': 'localStorage.getItem("a")',
  'other tabs': 'new BroadcastChannel("a").postMessage(1)',
  'what calls off': 'new AbortController().signal',
  'random numbers': 'crypto.getRandomValues(new BigUint64Array(1))',
  'the screen': 'screen.width',
}

await ensureBrowsers(['chromium'])
const { sink } = await openSubject({ id: 'empty', name: 'an empty page', queue: 'none', settings: '' }, '', Buffer.alloc(0))
const browser = await launchBrowser()

/** Kilobytes that a page keeps after some statements. */
const measure = async (/** @type {string[]} */ statements) => {
  const sizes = []
  for (let i = 0; i < pages; i++) {
    const context = await browser.newContext()
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await page.goto(sink.site)
    for (const statement of statements) {
      const { exceptionDetails } = await session.send('Runtime.evaluate', { expression: `{ ${statement} }` })
      if (exceptionDetails) throw new Error(`${statement}: ${exceptionDetails.text}`)
    }
    await page.waitForTimeout(settle)
    for (let j = 0; j < 3; j++) await session.send('HeapProfiler.collectGarbage')
    sizes.push((await session.send('Runtime.getHeapUsage')).usedSize / 1000)
    await context.close()
  }
  return Math.min(...sizes)
}

try {
  const empty = await measure([])
  for (const [name, statement] of Object.entries(looks)) process.stdout.write(`${((await measure([statement])) - empty).toFixed(1).padStart(8)} KB  ${name}\n`)
  process.stdout.write(`${((await measure(Object.values(looks))) - empty).toFixed(1).padStart(8)} KB  all of them\n`)
} finally {
  await browser.close()
  sink.stop()
}
