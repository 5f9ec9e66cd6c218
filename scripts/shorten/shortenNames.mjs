import { propertiesOf } from './propertiesOf.mjs'
import { shortenLocals } from './shortenLocals.mjs'

/**
 * Gives properties their short names, and writes `{ a: a }` as `{ a }` where one is called as the variable that it is given or gives.
 *
 * @param {string} code
 * @param {Record<string, string>} names short names by internal name
 */
export const toShort = (code, names) =>
  propertiesOf(code)
    .reverse()
    .reduce((text, { name, start, end, local, localStart = end, isShort }) => {
      const short = (Object.hasOwn(names, name) && names[name]) || name
      if (short === local) return text.slice(0, start) + text.slice(localStart)
      return text.slice(0, start) + short + (isShort ? `:${local}` : '') + text.slice(end)
    }, code)

/**
 * Shortens the names of variables and of internal properties in what terser has left. Refuses to make one property of two.
 *
 * @param {Record<string, string>} names short names by internal name of a property
 * @param {Record<string, string>} locals preferred short names by name of a variable in the source
 * @returns {import('rollup').Plugin}
 */
export const shortenNames = (names, locals) => ({
  name: 'shorten-names',
  renderChunk(long) {
    const code = shortenLocals(long, locals)
    const taken = new Set(Object.values(names))
    if (taken.size < Object.keys(names).length) this.error('internalNames.json gives a short name twice')
    const other = propertiesOf(code).find(({ name }) => taken.has(name) && !Object.hasOwn(names, name))
    if (other) this.error(`a property of the script is called ${other.name}, which internalNames.json makes of another`)
    return toShort(code, names)
  },
})
