import ts from 'typescript'
import { createNodeRule } from './source.ts'

/** More than `most` positional parameters become one options object. */
export const parameterCount = (most: number) =>
  createNodeRule(node => {
    if (!ts.isFunctionLike(node)) return undefined
    const count = node.parameters.filter(parameter => parameter.name.getText() !== 'this').length
    return count > most ? `${count} positional parameters, more than ${most}` : undefined
  })
