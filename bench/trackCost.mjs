// Microseconds of the main thread's processor that an event costs on its way into the outbox, and which part of it the call of `track`
// takes: node bench/trackCost.mjs [CHECKOUT ...]
// The script of other checkouts, built, is measured beside this one's, in turn, in one Chromium. The page is offline: nothing is sent.
// The least of ROUNDS rounds (7) counts.
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { ensureBrowsers } from '../scripts/ensureBrowsers.mjs'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { launchBrowser } from './page/launchBrowser.mjs'
import { openSubject } from './page/openSubject.mjs'
import { profileTrack } from './page/profileTrack.mjs'
import { createProgress } from './progress.mjs'

const counts = [500, 5000]
const rounds = Number(process.env.ROUNDS ?? 7)
/** Lines of a profile that are shown. */
const shown = 12

ensureBuild()
await ensureBrowsers(['chromium'])
const subject = { id: 'sojourn', name: 'Sojourn', queue: /** @type {const} */ ('durable'), settings: '' }
const opened = await Promise.all(
  ['.', ...process.argv.slice(2)].map(async path => {
    const checkout = resolve(path)
    return { name: basename(checkout), ...(await openSubject(subject, '', readFileSync(join(checkout, 'dist/sojourn.js')))) }
  }),
)
const progress = createProgress()
const bar = progress.start('rounds', rounds * counts.length)
const browser = await launchBrowser()
/** @type {Map<string, Awaited<ReturnType<typeof profileTrack>>[]>} */
const found = new Map()
try {
  for (let round = 0; round < rounds; round++) {
    for (const [i, events] of counts.entries()) {
      for (const { name, sink } of opened) {
        const key = `${name}, ${events} events`
        found.set(key, [...(found.get(key) ?? []), await profileTrack(browser, { url: sink.site, events })])
      }
      bar.update(round * counts.length + i + 1)
    }
  }
} finally {
  bar.stop()
  await browser.close()
  for (const { sink } of opened) sink.stop()
}

for (const [key, all] of found) {
  // What other programs add is always more.
  const of = (/** @type {'total' | 'call' | 'transactions'} */ what) => Math.min(...all.map(each => each[what]))
  process.stdout.write(`${JSON.stringify({ what: key, microseconds: Number(of('total').toFixed(1)), inTheCall: Number(of('call').toFixed(2)), transactions: of('transactions') })}\n`)
}
const [largest] = [...found].filter(([key]) => key.endsWith(`${counts.at(-1)} events`))
process.stdout.write(`\nShares of ${largest?.[0]}, by what ran\n`)
for (const [name, share] of largest?.[1].at(-1)?.shares.slice(0, shown) ?? []) process.stdout.write(`${(100 * share).toFixed(1).padStart(6)} %  ${name}\n`)
