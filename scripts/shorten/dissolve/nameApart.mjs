import { applyEdits, renameEdits } from './edits.mjs'
import { parseProgram } from './parseProgram.mjs'

/**
 * A name that is not among those taken, and from then on is.
 *
 * @param {string} name
 * @param {Set<string>} taken
 */
export const toFreeName = (name, taken) => {
  const source = name.replace(/\$\d+$/, '')
  let free = source
  for (let i = 1; taken.has(free); i++) free = `${source}$${i}`
  taken.add(free)
  return free
}

/** Gives each variable a name that no other has: what is moved then means the same wherever it stands. @param {string} code */
export const nameApart = code => {
  const program = parseProgram(code)
  const taken = new Set(program.outside)
  const edits = program.variables.flatMap(variable => renameEdits(program, variable, toFreeName(variable.name, taken)))
  return applyEdits(code, edits)
}
