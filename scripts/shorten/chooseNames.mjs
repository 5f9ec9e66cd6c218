// Chooses the short names of variables and of internal properties anew, so that the script compresses best; to be run when it has changed a lot.
//
// It takes the script as terser leaves it, puts other names into it, one change at a time, and keeps what is not larger. The choice hangs on
// nothing but the script, the tables and the number of steps. A new internal name is written into the table with any short name that is free.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { rollup } from 'rollup'
import configuration from '../../rollup.config.mjs'
import { root } from '../run.mjs'
import { localsOf } from './localsOf.mjs'
import { propertiesOf } from './propertiesOf.mjs'
import { chooseLocals, renameLocals, shortNames, toSourceName } from './shortenLocals.mjs'
import { toShort } from './shortenNames.mjs'

const steps = Number(process.argv[2] ?? 3000)

/** @typedef {Record<string, string>} Names */

/** @param {string} name */
const pathOf = name => join(root, 'scripts/shorten', `${name}.json`)
/** @param {string} name @returns {Names} */
const read = name => JSON.parse(readFileSync(pathOf(name), 'utf8'))
/** @param {string} name @param {Names} names */
const write = (name, names) => writeFileSync(pathOf(name), `${JSON.stringify(Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`)

const [{ input, output, plugins }] = /** @type {[any]} */ (configuration)
const bundle = await rollup({ input, plugins: plugins.filter((/** @type {{ name: string }} */ { name }) => !['shorten-names', 'print-size'].includes(name)) })
const [{ code }] = (await bundle.generate(output)).output

const program = localsOf(code)
const sources = [...new Set(program.locals.map(({ name }) => toSourceName(name)))]
const internal = read('internalNames')
const foreign = new Set(propertiesOf(code).map(({ name }) => name).filter(name => !Object.hasOwn(internal, name)))
const free = shortNames.filter(name => !foreign.has(name)).slice(0, 300)

/** @param {Names} properties @param {Names} locals */
const measure = (properties, locals) => brotliCompressSync(toShort(renameLocals(code, program, chooseLocals(program, locals)), properties)).length

/** Numbers from 0 up to, but not including, 1, the same in each run (mulberry32). */
const createRandom = (seed = 1) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const random = createRandom()

/**
 * One of a list, mostly one of its first: the square of a random number is small.
 *
 * @param {readonly string[]} list
 */
const pick = list => list[Math.floor(random() ** 2 * list.length)] ?? ''

/** Gives a name to another, and its holder the name of that one. @param {Names} names @param {string} name @param {string} short @returns {Names} */
const swap = (names, name, short) => {
  const holder = Object.keys(names).find(other => names[other] === short)
  const before = names[name]
  return { ...names, ...(holder && before && { [holder]: before }), [name]: short }
}

/** Mostly another short name; or, since some stand beside a property of that name, the name itself. @param {Names} names @param {string} name */
const toOther = (names, name) => (random() < 0.2 ? { ...names, [name]: name } : swap(names, name, pick(shortNames.slice(0, 120))))

const used = new Set(propertiesOf(code).map(({ name }) => name))
let properties = Object.fromEntries(Object.entries(internal).filter(([name]) => used.has(name)))
let locals = Object.fromEntries(Object.entries(read('localNames')).filter(([name]) => sources.includes(name)))
let size = measure(properties, locals)
process.stdout.write(`${size} bytes\n`)
for (let step = 0; step < steps; step++) {
  const isLocal = random() < 0.7
  const next = isLocal
    ? { properties, locals: toOther(locals, pick(sources)) }
    : { properties: swap(properties, Object.keys(properties)[Math.floor(random() * Object.keys(properties).length)] ?? '', pick(free)), locals }
  const now = measure(next.properties, next.locals)
  if (now > size) continue
  if (now < size) process.stdout.write(`${now} bytes after ${step} steps\n`)
  properties = next.properties
  locals = next.locals
  size = now
}
write('internalNames', properties)
write('localNames', locals)
