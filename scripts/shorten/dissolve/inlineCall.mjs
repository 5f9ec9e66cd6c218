import { renameEdits, textWith } from './edits.mjs'
import { findSite } from './findSite.mjs'
import { isStable } from './isStable.mjs'
import { isConstant, runningIn } from './parseProgram.mjs'

/**
 * @typedef {import('./parseProgram.mjs').Node} Node
 * @typedef {import('./parseProgram.mjs').Program} Program
 */

/** The returns of a function, not those of functions in it. @param {Node} callee */
const returnsOf = callee => runningIn(callee.body).filter(({ type }) => type === 'ReturnStatement')

/** Whether a function's body can stand elsewhere: it returns at its end, or not at all. @param {Node} callee */
const canMove = callee =>
  callee.params.every((/** @type {Node} */ { type }) => type !== 'RestElement') &&
  (callee.body.type !== 'BlockStatement' || returnsOf(callee).every(each => each === callee.body.body.at(-1)))

/** A parameter as a variable. @param {Program} program @param {Node} parameter @param {Node} [argument] */
const toDeclaration = ({ textOf }, parameter, argument) => {
  const given = argument ? textOf(argument) : 'undefined'
  if (parameter.type !== 'AssignmentPattern') return `let ${textOf(parameter)} = ${given};`
  return argument ? `let [${textOf(parameter)}] = [${given}];` : `let ${textOf(parameter.left)} = ${textOf(parameter.right)};`
}

/** Puts an expression in the place of the call that gives it, with the arguments in it. @param {Program} program @param {Node} call @returns {string | undefined} */
const substitute = (program, call) => {
  const { textOf, variableOf } = program
  const { callee } = call
  const isSimple = callee.params.every((/** @type {Node} */ parameter, /** @type {number} */ i) => {
    const argument = call.arguments[i]
    const variable = variableOf(parameter)
    return parameter.type === 'Identifier' && variable && isConstant(variable) && (!argument || (/^(Identifier|Literal)$/.test(argument.type) && isStable(program, argument)))
  })
  const unused = call.arguments.slice(callee.params.length)
  if (callee.body.type === 'BlockStatement' || !isSimple || !unused.every((/** @type {Node} */ each) => isStable(program, each))) return undefined
  const edits = callee.params
    .flatMap((/** @type {Node} */ parameter, /** @type {number} */ i) => {
      const variable = variableOf(parameter)
      return variable ? renameEdits(program, variable, call.arguments[i] ? textOf(call.arguments[i]) : 'undefined') : []
    })
  return textWith(program, callee.body, edits)
}

/** What comes before the call's value, and the value. @param {Program} program @param {Node} call */
const open = (program, call) => {
  const { textOf, code } = program
  const { callee } = call
  const given = callee.params.map((/** @type {Node} */ parameter, /** @type {number} */ i) => toDeclaration(program, parameter, call.arguments[i]))
  const unused = call.arguments.slice(callee.params.length).map((/** @type {Node} */ argument) => `${textOf(argument)};`)
  if (callee.body.type !== 'BlockStatement') return { statements: [...given, ...unused], value: textOf(callee.body) }
  const [last] = returnsOf(callee)
  const body = code.slice(callee.body.start + 1, (last ?? callee.body).end - (last ? last.end - last.start : 1))
  return { statements: [...given, ...unused, body], value: last?.argument ? textOf(last.argument) : 'undefined' }
}

/**
 * @param {Program} program
 * @param {Node} call
 * @returns {import('./edits.mjs').Change[]}
 */
const inline = (program, call) => {
  const { parentOf, code } = program
  const { callee } = call
  if (call.type !== 'CallExpression' || callee.type !== 'ArrowFunctionExpression' || call.arguments.some((/** @type {Node} */ { type }) => type === 'SpreadElement')) return []
  const node = callee.async ? parentOf(call) : call
  if ((callee.async && node.type !== 'AwaitExpression') || !canMove(callee)) return []
  const wait = callee.async ? 'await ' : ''
  const value = substitute(program, call)
  if (value !== undefined) return [[[node.start, node.end, `(${wait}(${value}))`]]]
  const found = findSite(program, node)
  if (!found) return []
  if ('edit' in found) return [[found.edit]]
  const { site } = found
  const opened = open(program, call)
  const rest = code.slice(site.node.start, node.start) + `(${wait}(${opened.value}))` + code.slice(node.end, site.node.end)
  const text = [...opened.statements, site.form === 'arrow' ? `return ${rest};` : rest].join('\n')
  return [[[site.node.start, site.node.end, site.form === 'statement' ? text : `{ ${text} }`]]]
}

/**
 * Puts what a function does where it is called, if it is called where it stands: `f((a => { g(a); return h })(b))`. An asynchronous
 * one is waited for where it is called.
 *
 * @param {Program} program
 */
export const inlineCall = program => program.nodes.flatMap(node => inline(program, node))
