import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import ts from 'typescript'

/** A file of the project, parsed. */
export interface Source {
  /** Relative to the project's folder, with slashes. */
  path: string
  text: string
  ast: ts.SourceFile
}

/** A place where a rule does not hold. */
export interface Violation {
  path: string
  /** Counted from 1; 0 when the whole project is meant. */
  line: number
  what: string
}

/** Checks one rule; an empty answer is a pass. */
export type Rule = (sources: Source[]) => Violation[]

const languages: Record<string, ts.ScriptKind> = { '.ts': ts.ScriptKind.TS, '.tsx': ts.ScriptKind.TSX, '.mjs': ts.ScriptKind.JS }

/** Parses a text as if it stood in a file of that name. */
export const parseSource = (path: string, text: string): Source => ({
  path,
  text,
  ast: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, languages[extname(path)]),
})

/** Reads and parses every script below the folders; paths are relative to `root`. */
export const readSources = (root: string, folders: string[]): Source[] =>
  folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => extname(file) in languages)
      .map(file => `${folder}/${file.replaceAll('\\', '/')}`)
      .sort()
      .map(path => parseSource(path, readFileSync(join(root, path), 'utf8'))),
  )

/** The violation at a node of a file. */
export const toViolation = (source: Source, node: ts.Node, what: string): Violation => ({
  path: source.path,
  line: source.ast.getLineAndCharacterOfPosition(node.getStart(source.ast)).line + 1,
  what,
})

/** All nodes below a node, itself included, for which `visit` has something to say. */
export const collect = <T>(node: ts.Node, visit: (node: ts.Node) => T | undefined): T[] => {
  const own = visit(node)
  const found: T[] = own === undefined ? [] : [own]
  ts.forEachChild(node, child => void found.push(...collect(child, visit)))
  return found
}

/** A rule that looks at every node of every file on its own. */
export const createNodeRule =
  (check: (node: ts.Node, source: Source) => string | undefined): Rule =>
  sources =>
    sources.flatMap(source =>
      collect(source.ast, node => {
        const what = check(node, source)
        return what === undefined ? undefined : toViolation(source, node, what)
      }),
    )

/** Lines of a text; the newline at its end opens none. */
export const countLines = (text: string): number => text.replace(/\n$/, '').split('\n').length
