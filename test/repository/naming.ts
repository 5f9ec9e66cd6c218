import { posix } from 'node:path'
import ts from 'typescript'
import { toViolation, type Rule, type Source } from './source.ts'

/** Entries are named after the program; an index after its folder. */
const entryNames = new Set(['index', 'main', 'script', 'recordWorker', 'checkpointWorker', 'projectionWorker'])

const vague = /(^|[a-z])(utils?|helpers?|common|managers?|services?|misc|types)(?![a-z])/i

/** Names of the platform, kept as they are. */
const foreign = new Set(['UserAgentData', 'NavigatorUserAgentData'])

const nameOf = (path: string): string => posix.basename(path).replace(/\.\w+$/, '')

const hasExport = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword)

/** Names that a file exports, its own and those it passes on. */
const exportsOf = ({ ast }: Source): string[] =>
  ast.statements.flatMap(statement => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement
      return exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(element => element.name.text) : []
    }
    if (!hasExport(statement)) return []
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(declaration => declaration.name.getText())
    const named = statement as ts.Statement & { name?: ts.Identifier }
    return named.name ? [named.name.text] : []
  })

/** The noun that a file is about, its last word: `session` of `reduceSession`, `step` of `decodeSteps`. */
const nounOf = (name: string): string => name.split(/(?=[A-Z])/).at(-1)!.toLowerCase().replace(/(?<=[^s])s$/, '')

const checkFile = (source: Source): string | undefined => {
  const name = nameOf(source.path)
  const folders = posix.dirname(source.path).split('/')
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) return `${name} is not in camelCase`
  const word = [name, ...folders].find(part => vague.test(part))
  if (word) return `${word} says nothing about what is in it`
  const exported = exportsOf(source)
  if (entryNames.has(name) || exported.some(entry => entry.toLowerCase().includes(nounOf(name)))) return undefined
  return `no export carries the file's name; it exports ${exported.join(', ') || 'nothing'}`
}

const checkType = (node: ts.Statement): string | undefined => {
  if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) return undefined
  const name = node.name.text
  if (foreign.has(name) || !(/^I[A-Z][a-z]/.test(name) || /(Impl|Data|Info)$/.test(name))) return undefined
  return `${name}: types are plain nouns, without I-, -Impl, -Data, -Info`
}

/** A reader finds a function without search, and one thing has one plain name. */
export const naming: Rule = sources =>
  sources.flatMap(source => {
    const file = checkFile(source)
    const types = source.ast.statements.flatMap(statement => {
      const what = checkType(statement)
      return what === undefined ? [] : [toViolation(source, statement, what)]
    })
    return file === undefined ? types : [{ path: source.path, line: 1, what: file }, ...types]
  })
