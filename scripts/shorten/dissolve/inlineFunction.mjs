import { isConstant } from './parseProgram.mjs'

/** @typedef {import('./edits.mjs').Change} Change */

/**
 * @param {import('./parseProgram.mjs').Program} program
 * @param {import('eslint-scope').Variable} variable
 * @returns {Change[]}
 */
const moveInto = ({ parentOf, textOf, isListed }, variable) => {
  const [name] = variable.identifiers
  const declarator = parentOf(name)
  if (!isConstant(variable) || declarator?.type !== 'VariableDeclarator' || declarator.init?.type !== 'ArrowFunctionExpression') return []
  const [use, ...others] = variable.references.filter(({ init }) => !init)
  const declaration = parentOf(declarator)
  if (!use || others.length || !isListed(declaration) || declaration.declarations.length > 1) return []
  const { identifier } = use
  const call = parentOf(identifier)
  const isOwn = identifier.start > declarator.start && identifier.end < declarator.end
  if (isOwn || call.type !== 'CallExpression' || call.callee !== identifier || call.optional) return []
  return [
    [
      [identifier.start, identifier.end, `(${textOf(declarator.init)})`],
      [declaration.start, declaration.end, ''],
    ],
  ]
}

/**
 * Moves functions that are called in one place, and not otherwise used, into their calls.
 *
 * @param {import('./parseProgram.mjs').Program} program
 */
export const inlineFunction = program => program.variables.flatMap(variable => moveInto(program, variable))
