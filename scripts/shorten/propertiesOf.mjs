import { parseAst } from 'rollup/parseAst'

/**
 * A place in a program where the name of a property stands.
 *
 * @typedef {object} Place
 * @property {string} name
 * @property {number} start
 * @property {number} end
 * @property {string} [local] the variable that the property is given, or gives: `{ name: local }`, `{ name: local = 1 }`
 * @property {number} [localStart]
 * @property {boolean} isShort the two are written as one: `{ name }`
 */

/**
 * Finds where a program names properties, in the order of the text. Computed names and names in quotes are left out.
 *
 * @param {string} code
 */
export const propertiesOf = code => {
  /** @type {Place[]} */
  const places = []
  /** @param {any} node of the syntax tree, a list of nodes, or a plain value */
  const visit = node => {
    if (typeof node !== 'object' || node === null) return
    const named = node.type === 'Property' ? node.key : node.type === 'MemberExpression' ? node.property : undefined
    if (!node.computed && named?.type === 'Identifier') {
      const value = node.value?.type === 'AssignmentPattern' ? node.value.left : node.value
      // Not where the variable stands in parentheses.
      const local = value?.type === 'Identifier' && /^[\s:]*$/.test(code.slice(named.end, value.start)) ? { local: value.name, localStart: value.start } : {}
      places.push({ name: named.name, start: named.start, end: named.end, isShort: !!node.shorthand, ...local })
    }
    Object.values(node).forEach(visit)
  }
  visit(parseAst(code))
  return places.sort((a, b) => a.start - b.start)
}
