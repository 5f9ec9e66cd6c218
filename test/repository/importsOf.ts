import { posix } from 'node:path'
import ts from 'typescript'
import { collect, type Source } from './source.ts'

/** One import, export-from or dynamic import of a file. */
export interface Import {
  /** As written: `node:fs`, `preact`, `./outbox.ts`. */
  specifier: string
  /** Path of the imported file of the project; undefined for a package. */
  path: string | undefined
  /** True when nothing of it is left after compiling. */
  typeOnly: boolean
  node: ts.Node
}

const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every(element => element.isTypeOnly)
}

/** What a file takes from others, in the order of the text. */
export const importsOf = ({ path, ast }: Source): Import[] =>
  collect(ast, node => {
    const isStatic = ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
    const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
    const target = isStatic ? node.moduleSpecifier : isDynamic ? node.arguments[0] : ts.isImportTypeNode(node) ? node.argument : undefined
    const literal = target && ts.isLiteralTypeNode(target) ? target.literal : target
    if (!literal || !ts.isStringLiteralLike(literal)) return undefined
    const specifier = literal.text
    const resolved = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined
    return { specifier, path: resolved, typeOnly: isStatic ? isTypeOnly(node) : !isDynamic, node }
  })
