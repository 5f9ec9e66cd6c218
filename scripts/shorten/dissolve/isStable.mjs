import { isConstant, isFunction, runningIn } from './parseProgram.mjs'

/** What is the same whenever it is looked at, if the variables are: no call, no property that may have become another. */
const stable = /^(Literal|Identifier|Property|SpreadElement|(Object|Array|Unary|Binary|Logical|Conditional|Template|Arrow\w*|Function)(Expression|Literal)|TemplateElement)$/

/**
 * Whether nothing changes when an expression is worked out later than it stands, after a function that the program calls.
 *
 * @param {import('./parseProgram.mjs').Program} program
 * @param {import('./parseProgram.mjs').Node} node
 */
export const isStable = ({ variableOf, parentOf }, node) =>
  runningIn(node).every(each => {
    if (isFunction(each)) return true
    if (each.type === 'Identifier' && !isPropertyName(each, parentOf(each))) {
      const variable = variableOf(each)
      return !variable || isConstant(variable)
    }
    return stable.test(each.type) && each.operator !== 'delete'
  })

/** @param {import('./parseProgram.mjs').Node} node @param {import('./parseProgram.mjs').Node} parent */
const isPropertyName = (node, parent) => parent.type === 'Property' && parent.key === node && !parent.shorthand
