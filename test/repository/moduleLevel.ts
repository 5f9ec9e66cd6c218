import ts from 'typescript'
import { collect, toViolation, type Rule, type Source } from './source.ts'

/** The programs: the only files that do something when they are imported. */
const entries = /^src\/(tracker\/script\.ts|collector\/(recordWorker|checkpointWorker|main|projectionWorker)\.ts|live\/main\.tsx)$/

/** What a module may not touch while it is evaluated: a server, a test or another page would get the effect by importing it. */
const impure = new Set(
  ('window document navigator location localStorage sessionStorage indexedDB history performance crypto caches fetch process ' +
    'setTimeout setInterval queueMicrotask requestAnimationFrame addEventListener globalThis self').split(' '),
)

const declared = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ExportAssignment,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
])

const isEmptyCollection = (node: ts.Expression): boolean =>
  ts.isNewExpression(node) && /^(Weak)?(Map|Set)$/.test(node.expression.getText()) && !node.arguments?.length

/** A name that is used, not one that is merely a property or a type. */
const isUse = (node: ts.Node): node is ts.Identifier =>
  ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) && !ts.isPropertyAssignment(node.parent)

/** Effects of evaluating an expression at once; what stands inside a function is not evaluated yet. */
const effectsOf = (source: Source, node: ts.Node): ReturnType<Rule> => {
  if (ts.isFunctionLike(node) || ts.isTypeNode(node)) return []
  const text = node.getText(source.ast)
  const clock = ts.isCallExpression(node) && /^(Date\.now|Math\.random)$/.test(node.expression.getText(source.ast))
  const name = isUse(node) && impure.has(node.text)
  const own = clock || name || ts.isAwaitExpression(node) ? [toViolation(source, node, `evaluates ${text.split('\n')[0]} when it is imported`)] : []
  const below: ReturnType<Rule> = []
  ts.forEachChild(node, child => void below.push(...effectsOf(source, child)))
  return [...own, ...below]
}

const isDeclareOnly = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(modifier => modifier.kind === ts.SyntaxKind.DeclareKeyword)

const checkVariables = (source: Source, statement: ts.VariableStatement): ReturnType<Rule> => {
  if (!(statement.declarationList.flags & ts.NodeFlags.Const)) return [toViolation(source, statement, 'a variable of the module: state belongs into a create*')]
  return statement.declarationList.declarations.flatMap(({ initializer }) => {
    if (!initializer) return []
    if (isEmptyCollection(initializer)) return [toViolation(source, initializer, 'a collection of the module that starts empty is state')]
    return effectsOf(source, initializer)
  })
}

const checkStatement = (source: Source, statement: ts.Statement): ReturnType<Rule> => {
  if (declared.has(statement.kind) || isDeclareOnly(statement)) return []
  if (ts.isVariableStatement(statement)) return checkVariables(source, statement)
  if (ts.isClassDeclaration(statement)) {
    const isError = statement.heritageClauses?.some(clause => /^extends \w*Error$/.test(clause.getText(source.ast)))
    return isError ? [] : [toViolation(source, statement, 'a class that is no error: use a create* function')]
  }
  return [toViolation(source, statement, 'a side effect at module level')]
}

/** Modules hold constants and functions only; nothing happens by importing one, but for the programs themselves. */
export const moduleLevel: Rule = sources =>
  sources.flatMap(source => {
    if (!entries.test(source.path)) return source.ast.statements.flatMap(statement => checkStatement(source, statement))
    return collect(source.ast, node =>
      ts.isVariableStatement(node) && node.parent === source.ast && !(node.declarationList.flags & ts.NodeFlags.Const)
        ? toViolation(source, node, 'a variable of the module')
        : undefined,
    )
  })
