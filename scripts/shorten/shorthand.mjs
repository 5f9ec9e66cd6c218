import { propertiesOf } from './propertiesOf.mjs'

/**
 * Writes `{ a: a }` as `{ a }`, where a property has been shortened to the name of the variable that it is given or gives.
 *
 * @param {string} code
 */
export const toShorthand = code =>
  propertiesOf(code)
    .filter(({ name, local, isShort }) => name === local && !isShort)
    .reverse()
    .reduce((text, { start, localStart = start }) => text.slice(0, start) + text.slice(localStart), code)

/**
 * Prepares a program for a terser that shortens internal names: refuses it when it uses one of the short names already, which would
 * then be two things. To stand before terser; `shorthand` stands after it.
 *
 * @param {Record<string, string>} names short names by internal name
 * @returns {import('rollup').Plugin}
 */
export const checkNames = names => ({
  name: 'check-names',
  renderChunk(code) {
    const taken = new Set(Object.values(names))
    const other = propertiesOf(code).find(({ name }) => taken.has(name))
    if (other) this.error(`a property of the script is called ${other.name}, which internalNames.json makes of another`)
    if (taken.size < Object.keys(names).length) this.error('internalNames.json gives a short name twice')
    return null
  },
})

/** @returns {import('rollup').Plugin} */
export const shorthand = () => ({ name: 'shorthand', renderChunk: toShorthand })
