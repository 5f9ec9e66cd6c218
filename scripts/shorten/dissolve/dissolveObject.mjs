import { textWith } from './edits.mjs'
import { toFreeName } from './nameApart.mjs'
import { isConstant } from './parseProgram.mjs'

/**
 * @typedef {import('./parseProgram.mjs').Node} Node
 * @typedef {import('./parseProgram.mjs').Program} Program
 * @typedef {Map<string, string>} Parts variables by the names of the properties whose values they have
 */

/** Whether a property has a value under a name that no other has. @param {Node} property @param {number} i @param {Node[]} all */
const isPlain = ({ type, key, kind, computed, method }, i, all) =>
  type === 'Property' && key.type === 'Identifier' && kind === 'init' && !computed && !method && key.name !== '__proto__' && all.findIndex(other => other.key?.name === key.name) === i

/** Where members are read and not written: as what is called, and as a value. */
const readers = /^(VariableDeclarator|ReturnStatement|ExpressionStatement|IfStatement|CallExpression|NewExpression|(Member|Chain|Binary|Logical|Conditional|Await|Array|Arrow\w*)Expression|ArrowFunctionExpression|SpreadElement|TemplateLiteral)$/

/** @param {Node} holder @param {Node} member */
const isRead = (holder, member) =>
  readers.test(holder.type) ||
  (holder.type === 'UnaryExpression' && holder.operator !== 'delete') ||
  (/^(AssignmentExpression|AssignmentPattern)$/.test(holder.type) && holder.right === member)

/**
 * What stands instead of a use of the object; undefined where the object itself is needed.
 *
 * @param {Program} program
 * @param {Node} use
 * @param {Parts} parts
 * @returns {import('./edits.mjs').Edit | undefined}
 */
const replaceUse = ({ parentOf, textOf, isListed }, use, parts) => {
  const holder = parentOf(use)
  const above = parentOf(holder)
  if (holder.type === 'MemberExpression' && holder.object === use && !holder.computed && !holder.optional) {
    const isValue = isRead(above, holder) || (above.type === 'Property' && above.value === holder && parentOf(above).type === 'ObjectExpression')
    return isValue ? [holder.start, holder.end, parts.get(holder.property.name) ?? 'undefined'] : undefined
  }
  if (holder.type === 'SpreadElement' && above.type === 'ObjectExpression') return [holder.start, holder.end, [...parts].map(([name, variable]) => `${name}: ${variable}`).join(', ')]
  const isTakenApart = holder.type === 'VariableDeclarator' && holder.init === use && holder.id.type === 'ObjectPattern' && isListed(above) && above.declarations.length === 1
  if (!isTakenApart || holder.id.properties.some((/** @type {Node} */ each) => each.type !== 'Property' || each.computed)) return undefined
  const taken = holder.id.properties.map((/** @type {Node} */ { key, value }) => {
    const part = parts.get(key.name) ?? 'undefined'
    return value.type === 'AssignmentPattern' ? `let [${textOf(value)}] = [${part}];` : `let ${textOf(value)} = ${part};`
  })
  return [above.start, above.end, taken.join('\n')]
}

/**
 * @param {Program} program
 * @param {import('eslint-scope').Variable} variable
 * @param {Set<string>} taken names of variables
 * @returns {import('./edits.mjs').Change[]}
 */
const dissolve = (program, variable, taken) => {
  const { parentOf, isListed } = program
  const [name] = variable.identifiers
  const declarator = parentOf(name)
  if (!isConstant(variable) || declarator?.type !== 'VariableDeclarator' || declarator.id !== name || declarator.init?.type !== 'ObjectExpression') return []
  const declaration = parentOf(declarator)
  const { properties } = declarator.init
  if (!isListed(declaration) || declaration.declarations.length > 1 || !properties.every(isPlain)) return []
  /** @type {Parts} */
  const parts = new Map(properties.map((/** @type {Node} */ { key }) => [key.name, toFreeName(key.name, taken)]))
  const uses = variable.references.filter(({ init }) => !init).map(({ identifier }) => replaceUse(program, identifier, parts))
  const known = uses.filter(use => use !== undefined)
  if (known.length < uses.length) return []
  const apart = properties.map((/** @type {Node} */ { key, value }) => `let ${parts.get(key.name)} = ${textWith(program, value, known)};`)
  const others = known.filter(([start]) => start < declaration.start || start > declaration.end)
  return [[...others, [declaration.start, declaration.end, apart.join('\n')]]]
}

/**
 * Makes variables of the properties of objects of which nothing else is used.
 *
 * @param {Program} program
 */
export const dissolveObject = program => {
  const taken = new Set([...program.outside, ...program.variables.map(({ name }) => name)])
  return program.variables.flatMap(variable => dissolve(program, variable, taken))
}
