import { analyze } from 'eslint-scope'
import { parseAst } from 'rollup/parseAst'

/**
 * A node of the syntax tree (ESTree).
 *
 * @typedef {any} Node
 * @typedef {import('eslint-scope').Variable} Variable
 */

/**
 * A program that is to be changed: its tree, who holds what, and its variables. Each change makes a text, which is parsed anew.
 *
 * @param {string} code
 */
export const parseProgram = code => {
  const ast = parseAst(code)
  /** @type {Map<Node, Node>} */
  const parents = new Map()
  /** All nodes, the outer ones first. @type {Node[]} */
  const nodes = []
  /** @param {Node} node @param {Node} [parent] */
  const visit = (node, parent) => {
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) return node.forEach(each => visit(each, parent))
    node.range = [node.start, node.end]
    nodes.push(node)
    parents.set(node, parent)
    for (const [key, value] of Object.entries(node)) if (key !== 'range') visit(value, node)
  }
  visit(ast)

  const { scopes, globalScope } = analyze(ast, { ecmaVersion: 2022, sourceType: 'script' })
  const variables = scopes.flatMap(scope => scope.variables).filter(({ identifiers }) => identifiers.length)
  /** @type {Map<number, Variable>} */
  const places = new Map()
  for (const variable of variables) for (const { start } of placesOf(variable)) places.set(start, variable)

  return {
    code,
    nodes,
    variables,
    outside: new Set(globalScope.through.map(({ identifier }) => identifier.name)),
    /** @param {Node} node @returns {Node} */
    parentOf: node => parents.get(node),
    /** @param {Node} node */
    textOf: node => code.slice(node.start, node.end),
    /** What a name stands for; undefined for what comes from outside. @param {Node} node */
    variableOf: node => places.get(node.start),
    /** Whether a statement stands in a list of statements, where others may be put beside it. @param {Node} node */
    isListed: node => ['Program', 'BlockStatement'].includes(parents.get(node)?.type),
  }
}

/** @typedef {ReturnType<typeof parseProgram>} Program */

/**
 * A node and those inside it that run with it: not what stands in functions.
 *
 * @param {Node} node
 * @returns {Node[]}
 */
export const runningIn = node => {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap(runningIn)
  const inside = isFunction(node) ? [] : Object.entries(node).flatMap(([key, value]) => (key === 'range' ? [] : runningIn(value)))
  return [node, ...inside]
}

/** @param {Node} node */
export const isFunction = node => /Function/.test(node.type)

/** Where a variable stands. @param {Variable} variable @returns {Node[]} */
export const placesOf = variable => [...variable.identifiers, ...variable.references.map(({ identifier }) => identifier)]

/** Whether a variable has one value from its declaration on. @param {Variable} variable */
export const isConstant = ({ identifiers, references }) => identifiers.length === 1 && references.every(reference => reference.init || !reference.isWrite())
