import { dissolveObject } from './dissolveObject.mjs'
import { dropCopy } from './dropCopy.mjs'
import { applyEdits, toCompatible } from './edits.mjs'
import { dropAsked, flattenSpread, nameObject } from './flatten.mjs'
import { inlineCall } from './inlineCall.mjs'
import { inlineFunction } from './inlineFunction.mjs'
import { nameApart } from './nameApart.mjs'
import { parseProgram } from './parseProgram.mjs'
import { endStatements, splitDeclarations } from './statements.mjs'

/** Each finds changes of a kind. */
const kinds = [endStatements, splitDeclarations, inlineCall, inlineFunction, dropCopy, dropAsked, dissolveObject, flattenSpread, nameObject]

/** @param {string} code @returns {string | undefined} undefined when nothing is left to do */
const change = code => {
  const program = parseProgram(code)
  for (const find of kinds) {
    const edits = toCompatible(find(program))
    if (edits.length) return applyEdits(code, edits)
  }
  return undefined
}

/**
 * Makes one function of the many that a program is put together from: what a `createX` that is called once does and declares comes to
 * stand where it is called, and the properties of what it returns become variables. The parts of the tracker keep their walls in the
 * source, and the script does without the names, the parameters and the objects that those walls are made of.
 *
 * The program does the same, as long as it has no `this`, `arguments`, `eval` or getters.
 *
 * @param {string} code
 */
export const dissolve = code => {
  let joined = nameApart(code)
  for (let next = change(joined); next !== undefined; next = change(joined)) joined = next
  return joined
}
