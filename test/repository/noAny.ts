import ts from 'typescript'
import { createNodeRule } from './source.ts'

/** No hole in the types: no `any`, no cast through `unknown`, no silenced compiler. */
export const noAny = createNodeRule((node, source) => {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
  if (ts.isAsExpression(node) && ts.isAsExpression(node.expression)) return 'a cast of a cast'
  if (!ts.isSourceFile(node)) return undefined
  const silenced = /(?:\/\/|\/\*)\s*(@ts-(?:ignore|nocheck|expect-error)|eslint-disable)/.exec(source.text)
  return silenced ? `${silenced[1]} on line ${source.text.slice(0, silenced.index).split('\n').length}` : undefined
})
