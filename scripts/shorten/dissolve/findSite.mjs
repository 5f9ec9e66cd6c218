import { isStable } from './isStable.mjs'

/**
 * @typedef {import('./parseProgram.mjs').Node} Node
 * @typedef {import('./parseProgram.mjs').Program} Program
 */

/**
 * What an expression's holder works out before it, where the holder works it out in any case.
 *
 * @param {Node} holder
 * @param {Node} node
 * @returns {Node[] | undefined} undefined where it may not be worked out at all
 */
const before = (holder, node) => {
  /** @param {Node[]} list */
  const until = list => list.slice(0, list.indexOf(node))
  switch (holder.type) {
    case 'AwaitExpression':
    case 'UnaryExpression':
    case 'SpreadElement':
      return []
    case 'Property':
      return holder.computed ? undefined : []
    case 'ObjectExpression':
      return until(holder.properties).map(({ argument, value }) => argument ?? value)
    case 'ArrayExpression':
      return until(holder.elements).filter(Boolean)
    case 'TemplateLiteral':
      return until(holder.expressions)
    case 'CallExpression':
      if (holder.callee === node) return []
      return holder.optional ? undefined : [holder.callee, ...until(holder.arguments)]
    case 'NewExpression':
      return until([holder.callee, ...holder.arguments])
    case 'BinaryExpression':
      return until([holder.left, holder.right])
    case 'MemberExpression':
      return holder.object === node && !holder.optional ? [] : undefined
    case 'LogicalExpression':
      return holder.left === node ? [] : undefined
    case 'ConditionalExpression':
      return holder.test === node ? [] : undefined
    case 'AssignmentExpression':
      return holder.operator === '=' && holder.left.type === 'Identifier' ? [] : undefined
    default:
      return undefined
  }
}

/** A branch as a statement of its own. @param {Program} program @param {Node} branch @param {Node} holder */
const toIf = ({ textOf }, branch, holder) => {
  const { operator, left, right, test, consequent, alternate } = branch
  const lead = holder.type === 'ExpressionStatement' ? '' : 'return '
  if (branch.type === 'ConditionalExpression') return `if (${textOf(test)}) { ${lead}${textOf(consequent)}; } else { ${lead}${textOf(alternate)}; }`
  return `if (${operator === '||' ? '!' : ''}(${textOf(left)})) { ${textOf(right)}; }`
}

/** @typedef {{ node: Node, form: 'statement' | 'alone' | 'arrow' }} Site a statement in a list, one that stands alone, or an arrow function's value */

/**
 * Finds what an expression belongs to, if everything that is worked out before it there may as well be worked out after it: there
 * the body of a function can be put in front.
 *
 * @param {Program} program
 * @param {Node} expression
 * @returns {{ site: Site } | { edit: import('./edits.mjs').Edit } | undefined} an edit where a branch is to be opened first
 */
export const findSite = (program, expression) => {
  const { parentOf, isListed } = program
  for (let node = expression, holder = parentOf(node); holder; node = holder, holder = parentOf(node)) {
    if (holder.type === 'VariableDeclarator') {
      const declaration = parentOf(holder)
      return isListed(declaration) && declaration.declarations.length === 1 ? { site: { node: declaration, form: 'statement' } } : undefined
    }
    if (holder.type === 'ArrowFunctionExpression') return holder.body === node ? { site: { node, form: 'arrow' } } : undefined
    if (/^(Return|Expression|If)Statement$/.test(holder.type)) {
      if (holder.type === 'IfStatement' && holder.test !== node) return undefined
      return { site: { node: holder, form: isListed(holder) ? 'statement' : 'alone' } }
    }
    const above = parentOf(holder)
    const isBranch = holder.type === 'LogicalExpression' ? holder.operator !== '??' && holder.right === node : holder.type === 'ConditionalExpression' && holder.test !== node
    if (isBranch && above.type === 'ExpressionStatement') return { edit: [above.start, above.end, toIf(program, holder, above)] }
    if (isBranch && holder.type === 'ConditionalExpression') {
      if (above.type === 'ReturnStatement') return { edit: [above.start, above.end, toIf(program, holder, above)] }
      if (above.type === 'ArrowFunctionExpression' && above.body === holder) return { edit: [holder.start, holder.end, `{ ${toIf(program, holder, above)} }`] }
    }
    if (!before(holder, node)?.every(each => isStable(program, each))) return undefined
  }
  return undefined
}
