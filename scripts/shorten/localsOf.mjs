import { analyze } from 'eslint-scope'
import { parseAst } from 'rollup/parseAst'

/**
 * A variable of a program.
 *
 * @typedef {object} Local
 * @property {string} name
 * @property {Place[]} places where it stands, in the order of the text
 * @property {boolean} isLeaf no function inside its own uses it
 * @property {Set<number>} near which variables it must not be called as: there are places that see both
 */

/**
 * @typedef {object} Place
 * @property {number} start
 * @property {number} end
 * @property {string | undefined} key the property that is written as one with the variable there: `{ name }`
 */

/**
 * Finds the variables of a program, and the names of the ones that it takes from outside.
 *
 * @param {string} code
 * @returns {{ locals: Local[], outside: Set<string> }}
 */
export const localsOf = code => {
  const ast = parseAst(code)
  /** Where a property and a variable are written as one. @type {Map<number, string>} */
  const shorthands = new Map()
  /** @param {any} node */
  const visit = node => {
    if (typeof node !== 'object' || node === null) return
    if (node.type) node.range = [node.start, node.end]
    if (node.type === 'Property' && node.shorthand) shorthands.set(node.start, node.key.name)
    Object.values(node).forEach(visit)
  }
  visit(ast)

  const { scopes, globalScope } = analyze(ast, { ecmaVersion: 2022, sourceType: 'script' })
  const outside = new Set(globalScope.through.map(({ identifier }) => identifier.name))
  const found = scopes.flatMap(scope => scope.variables.filter(({ identifiers }) => identifiers.length).map(variable => ({ scope, variable })))

  /** The scopes that see a variable: its own, and those between it and the ones where it is used. */
  const reaches = found.map(({ scope, variable }) => {
    const reach = new Set([scope])
    for (const { from } of variable.references) for (let at = from; at !== scope && at.upper; at = at.upper) reach.add(at)
    return reach
  })
  /** @type {Map<unknown, number[]>} */
  const seenIn = new Map()
  reaches.forEach((reach, i) => reach.forEach(scope => seenIn.set(scope, [...(seenIn.get(scope) ?? []), i])))

  const locals = found.map(({ variable }, i) => {
    const nodes = [...variable.identifiers, ...variable.references.map(({ identifier }) => identifier)]
    const places = new Map(nodes.map(({ start, end }) => [start, { start, end, key: shorthands.get(start) }]))
    const near = new Set([...(reaches[i] ?? [])].flatMap(scope => seenIn.get(scope) ?? []))
    near.delete(i)
    return { name: variable.name, places: [...places.values()].sort((a, b) => a.start - b.start), isLeaf: reaches[i]?.size === 1, near }
  })
  return { locals, outside }
}
