import ts from 'typescript'
import { countLines, createNodeRule, type Rule } from './source.ts'

/** `page.waitForTimeout(100)`, `sleep(100)`; a method of that name belongs to something that sleeps in virtual time. */
const sleepCall = /^(.*\.waitForTimeout|sleep|delay)$/

/** `new Promise(resolve => setTimeout(resolve, 100))`, in whatever dress. */
const isTimedPromise = (node: ts.Node): boolean =>
  ts.isNewExpression(node) && node.expression.getText() === 'Promise' && /\bsetTimeout\(\s*(\w+|\(\)\s*=>\s*\w+\([^)]*\))\s*,/.test(node.getText())

const sleeps = createNodeRule(node => {
  if (isTimedPromise(node)) return 'a sleep: wait for what can be observed'
  if (ts.isImportDeclaration(node) && /timers\/promises/.test(node.moduleSpecifier.getText())) return 'a sleep: wait for what can be observed'
  if (ts.isCallExpression(node) && sleepCall.test(node.expression.getText())) return `a sleep: ${node.expression.getText()}`
  return undefined
})

const modifiers = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails'])

/** Tests that do not run, or run again until they pass. */
const dodges = createNodeRule(node => {
  if (ts.isPropertyAccessExpression(node) && modifiers.has(node.name.text) && /^(test|it|describe)\b/.test(node.expression.getText())) return `.${node.name.text}`
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'retry') return 'a retry'
  return undefined
})

const titles = createNodeRule(node => {
  if (!ts.isCallExpression(node) || !/^(test|it|describe)(\.each.*)?$/s.test(node.expression.getText())) return undefined
  const [title] = node.arguments
  return title && ts.isStringLiteralLike(title) && /\bshould\b/.test(title.text) ? 'a title with "should": say what is so' : undefined
})

/** Test files are short, never sleep, never dodge, and say in the present tense what is so. */
export const testFiles =
  ({ most }: { most: number }): Rule =>
  sources => [
    ...sources.flatMap(({ path, text }) =>
      countLines(text) > most ? [{ path, line: most + 1, what: `${countLines(text)} lines, more than ${most}` }] : [],
    ),
    ...[sleeps, dodges, titles].flatMap(rule => rule(sources)),
  ]
