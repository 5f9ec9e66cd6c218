import ts from 'typescript'
import { createNodeRule } from './source.ts'

const isEmptyFunction = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && ts.isBlock(node.body) && !node.body.statements.length

/** A catch returns a documented fallback or reports; it never only swallows. A comment alone is no answer. */
export const emptyCatch = createNodeRule(node => {
  if (ts.isCatchClause(node)) return node.block.statements.length ? undefined : 'an empty catch'
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const handler = { catch: node.arguments[0], then: node.arguments[1] }[node.expression.name.text]
  return isEmptyFunction(handler) ? 'a rejection that is swallowed' : undefined
})
