import { renameEdits } from './edits.mjs'
import { isConstant } from './parseProgram.mjs'

/**
 * @param {import('./parseProgram.mjs').Program} program
 * @param {import('eslint-scope').Variable} variable
 * @returns {import('./edits.mjs').Change[]}
 */
const drop = (program, variable) => {
  const { variableOf, parentOf, textOf, isListed } = program
  const [name] = variable.identifiers
  const declarator = parentOf(name)
  if (!isConstant(variable) || declarator?.type !== 'VariableDeclarator' || declarator.id !== name || declarator.init?.type !== 'Identifier') return []
  const { init } = declarator
  const other = variableOf(init)
  const declaration = parentOf(declarator)
  const isSame = other ? isConstant(other) && other !== variable : init.name === 'undefined'
  if (!isSame || !isListed(declaration) || declaration.declarations.length > 1) return []
  const uses = renameEdits(program, variable, textOf(init)).filter(([start]) => start !== declarator.start)
  return [[...uses, [declaration.start, declaration.end, '']]]
}

/**
 * Drops variables that are another one, or undefined, for good.
 *
 * @param {import('./parseProgram.mjs').Program} program
 */
export const dropCopy = program => program.variables.flatMap(variable => drop(program, variable))
