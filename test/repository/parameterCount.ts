import ts from 'typescript'
import { createNodeRule } from './source.ts'

/** The callback of `test.each(rows)(title, callback)`: its parameters are the columns of a table. */
const isTableTest = ({ parent }: ts.Node): boolean => ts.isCallExpression(parent) && ts.isCallExpression(parent.expression)

/** More than `most` positional parameters become one options object. */
export const parameterCount = (most: number) =>
  createNodeRule(node => {
    if (!ts.isFunctionLike(node) || isTableTest(node)) return undefined
    const count = node.parameters.filter(parameter => parameter.name.getText() !== 'this').length
    return count > most ? `${count} positional parameters, more than ${most}` : undefined
  })
