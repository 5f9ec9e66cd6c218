import ts from 'typescript'
import { createNodeRule } from './source.ts'

const effects = /^(Date\.now|Math\.random|performance\.\w+|crypto\.\w+|fetch|setTimeout|setInterval|queueMicrotask|(window|document|navigator|process)\.[\w.]+)$/

/** The model asks no clock, no chance and no surroundings: time and ids arrive in events. */
export const pureModel = createNodeRule((node, { path }) => {
  if (!path.startsWith('src/model/')) return undefined
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'the model asks the clock'
  if (!ts.isCallExpression(node) && !ts.isPropertyAccessExpression(node)) return undefined
  const name = ts.isCallExpression(node) ? node.expression.getText() : ts.isCallExpression(node.parent) ? '' : node.getText()
  return effects.test(name) ? `the model uses ${name}` : undefined
})
