// How large the tracker is, beside what users would pick instead, and puts the sizes into the README: npm run bench:size
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { ensurePackages } from '../scripts/ensurePackages.mjs'
import { measure, measureSizes } from '../scripts/measureSizes.mjs'
import { writeQuotedSizes } from '../scripts/quotedSizes.mjs'
import { root } from '../scripts/run.mjs'
import { bundleSubject } from './page/bundleSubject.mjs'
import { subjects } from './page/subjects.mjs'
import { writeReport } from './writeReport.mjs'

ensureBuild()
const packages = ensurePackages({ source: 'bench', name: 'bench', what: 'what Sojourn is measured against' })

const sizes = await measureSizes()
const readme = join(root, 'README.md')
writeFileSync(readme, writeQuotedSizes(readFileSync(readme, 'utf8'), sizes))

/** What the script fetches when a page needs it. */
const parts = readdirSync(join(root, 'dist'))
  .filter(name => /^sojourn-\w+\.js$/.test(name))
  .map(name => ({ name, ...measure(readFileSync(join(root, 'dist', name))) }))

const versionOf = (/** @type {string} */ name) => /** @type {string} */ (createRequire(join(packages, 'package.json'))(join(packages, 'node_modules', name, 'package.json')).version)

const compared = subjects.filter(({ id }) => id !== 'empty' && id !== 'sojourn')
const peers = await Promise.all(
  compared.map(async subject => ({ name: subject.name, queue: subject.queue, package: subject.package ?? '', ...measure(await bundleSubject(subject, packages)) })),
)

const toRow = (/** @type {{ name: string, plain: number, gzip: number, brotli: number }} */ { name, plain, gzip, brotli }, note = '') => [name, note, plain, gzip, brotli]

const { script, import: imported, model } = sizes
const durable = peers.filter(({ queue, package: name }) => queue === 'durable' && name)
const least = Math.min(...durable.map(({ brotli }) => brotli))
const ratio = Number((script.brotli / least).toFixed(2))
writeReport('size', {
  title: 'Size',
  command: 'npm run bench:size',
  about: 'Bytes, minified. Peers are bundled by esbuild and minified by terser with what they need for the settings of the page benchmark; the script tag is what a collector serves, the import what a bundler makes of it at first.',
  versions: Object.fromEntries(peers.flatMap(({ package: name }) => (name ? [[name, versionOf(name)]] : []))),
  figures: { ...sizes, parts, peers, ratio },
  tables: [
    {
      caption: 'Sojourn',
      head: ['', '', 'plain', 'gzip', 'brotli'],
      rows: [
        toRow({ name: 'script tag', ...script }, 'what every visitor pays'),
        toRow({ name: "`import { createTracker } from 'sojourn'`", ...imported }, 'what a bundler puts into the page at first'),
        toRow({ name: "`import * as model from 'sojourn/model'`", ...model }, 'everything of the model'),
        ...parts.map(part => toRow(part, 'fetched by pages that need it')),
      ],
    },
    {
      caption: `What users would pick instead; the smallest with a durable queue is ${(1 / ratio).toFixed(1)} times as large as the script`,
      head: ['', 'queue', 'plain', 'gzip', 'brotli'],
      rows: peers.toSorted((a, b) => a.brotli - b.brotli).map(peer => toRow(peer, peer.queue)),
    },
  ],
})
if (ratio >= 1) process.exitCode = 1
