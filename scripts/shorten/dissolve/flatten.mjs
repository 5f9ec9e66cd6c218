import { toFreeName } from './nameApart.mjs'

/**
 * @typedef {import('./parseProgram.mjs').Node} Node
 * @typedef {import('./parseProgram.mjs').Program} Program
 * @typedef {import('./edits.mjs').Change} Change
 */

/**
 * Writes the properties of an object into the one that it is spread into.
 *
 * @param {Program} program
 * @returns {Change[]}
 */
export const flattenSpread = ({ nodes, parentOf, textOf }) =>
  nodes
    .filter(node => node.type === 'SpreadElement' && node.argument.type === 'ObjectExpression' && node.argument.properties.length && parentOf(node).type === 'ObjectExpression')
    .map(({ start, end, argument }) => [[start, end, argument.properties.map(textOf).join(', ')]])

/**
 * Gives an object a name that is only taken apart: its properties can then be variables.
 *
 * @param {Program} program
 * @returns {Change[]}
 */
export const nameObject = ({ nodes, outside, variables, parentOf, textOf, isListed }) => {
  const taken = new Set([...outside, ...variables.map(({ name }) => name)])
  return nodes
    .filter(node => node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init?.type === 'ObjectExpression' && isListed(parentOf(node)))
    .map(declarator => {
      const { start, end } = parentOf(declarator)
      const name = toFreeName('given', taken)
      return [[start, end, `let ${name} = ${textOf(declarator.init)};\nlet ${textOf(declarator.id)} = ${name};`]]
    })
}

/** What a chain begins with that is asked first: `a` in `a?.b.c(d)`. @param {Node} chain @returns {Node} */
const asked = ({ expression }) => {
  let node = expression
  while (!node.optional) node = node.object ?? node.callee
  return node.object ?? node.callee
}

/**
 * Drops what is asked of nothing: `undefined?.a(b)`.
 *
 * @param {Program} program
 * @returns {Change[]}
 */
export const dropAsked = ({ nodes }) => nodes.filter(node => node.type === 'ChainExpression' && asked(node).name === 'undefined').map(({ start, end }) => [[start, end, 'undefined']])
