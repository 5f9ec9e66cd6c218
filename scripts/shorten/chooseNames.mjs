// Chooses the short names of internal properties anew, so that the script compresses best; to be run when it has changed a lot.
//
// It takes the script as it was built, puts other names into it, one change at a time, and keeps what is not larger. The choice hangs on
// nothing but the script, the table and the number of steps. A new internal name is written into the table with any short name that is free.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { root } from '../run.mjs'
import { propertiesOf } from './propertiesOf.mjs'

const steps = Number(process.argv[2] ?? 3000)
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_'

const table = join(root, 'scripts/shorten/internalNames.json')
/** @type {Record<string, string>} */
const names = JSON.parse(readFileSync(table, 'utf8'))
const code = readFileSync(join(root, 'dist/sojourn.js'), 'utf8')

const shorts = Object.values(names)
const places = propertiesOf(code)
const internal = places.filter(({ name }) => shorts.includes(name))
const foreign = new Set(places.map(({ name }) => name).filter(name => !shorts.includes(name)))
const free = [...letters, ...[...letters].flatMap(first => [...letters].map(second => first + second))].filter(name => !foreign.has(name)).slice(0, 300)

/** @param {import('./propertiesOf.mjs').Place} place */
const endOf = ({ end, local = '', localStart = end }) => (local ? localStart + local.length : end)

/** The script in pieces: what stands between the internal names, and which name, and what local variable beside it, follows. */
const pieces = internal.map(({ name, start, local }, i) => {
  const before = internal[i - 1]
  const from = before ? endOf(before) : 0
  return { text: code.slice(from, start), which: shorts.indexOf(name), local }
})
const last = internal.at(-1)
const rest = last ? code.slice(endOf(last)) : code

/** @param {string[]} chosen short names, in the order of the table */
const write = chosen => {
  const text = pieces.map(({ text, which, local }) => text + (local === undefined ? chosen[which] : chosen[which] === local ? local : `${chosen[which]}:${local}`))
  return text.join('') + rest
}

/** @param {string[]} chosen */
const measure = chosen => brotliCompressSync(write(chosen)).length

/** Numbers from 0 up to, but not including, 1, the same in each run (mulberry32). */
const createRandom = (seed = 1) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

const random = createRandom()
let best = shorts
let size = measure(best)
process.stdout.write(`${size} bytes\n`)
for (let step = 0; step < steps; step++) {
  const chosen = [...best]
  const i = Math.floor(random() * chosen.length)
  const locals = pieces.filter(({ which, local }) => which === i && local && free.includes(local))
  // A variable that stands beside it, or any name, mostly one letter: the square of a random number is small.
  const names = random() < 0.5 && locals.length ? locals.map(({ local }) => local) : free
  const name = names[Math.floor(random() ** 2 * names.length)] ?? 'a'
  const holder = chosen.indexOf(name)
  if (holder >= 0) chosen[holder] = chosen[i] ?? name
  chosen[i] = name
  const now = measure(chosen)
  if (now > size) continue
  if (now < size) process.stdout.write(`${now} bytes after ${step} steps\n`)
  best = chosen
  size = now
}
const chosen = Object.keys(names).map((name, i) => [name, best[i]])
writeFileSync(table, `${JSON.stringify(Object.fromEntries(chosen), null, 2)}\n`)
