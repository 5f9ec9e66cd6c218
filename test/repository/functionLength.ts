import ts from 'typescript'
import { collect, toViolation, type Rule, type Source } from './source.ts'

interface NamedFunction {
  name: string
  lines: number
  source: Source
  node: ts.Node
}

const nameOf = (node: ts.FunctionLikeDeclaration): string | undefined => {
  if (node.name) return node.name.getText()
  const { parent } = node
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : undefined
}

/** Functions with a name of their own; callbacks count as lines of the function they stand in. */
const namedFunctions = (source: Source): NamedFunction[] =>
  collect(source.ast, node => {
    const name = ts.isFunctionLike(node) && 'body' in node && node.body ? nameOf(node as ts.FunctionLikeDeclaration) : undefined
    if (name === undefined) return undefined
    const lineAt = (position: number): number => source.ast.getLineAndCharacterOfPosition(position).line
    return { name, lines: lineAt(node.end) - lineAt(node.getStart(source.ast)) + 1, source, node }
  })

/** At least nine functions in ten have `usual` lines or less; none has more than `most`, or `composing` for one that wires others. */
export const functionLength =
  ({ usual, most, composing }: { usual: number; most: number; composing: number }): Rule =>
  sources => {
    const functions = sources.flatMap(namedFunctions)
    const long = functions.filter(({ lines }) => lines > usual)
    const limitOf = (name: string): number => (/^(create|start)([A-Z]|$)/.test(name) ? composing : most)
    const tooLong = functions.filter(({ name, lines }) => lines > limitOf(name))
    const show = ({ name, lines, source, node }: NamedFunction, limit: number) => toViolation(source, node, `${name}: ${lines} lines, more than ${limit}`)
    return [
      ...tooLong.map(fn => show(fn, limitOf(fn.name))),
      ...(long.length > functions.length / 10 ? long.map(fn => show(fn, usual)) : []),
    ]
  }
