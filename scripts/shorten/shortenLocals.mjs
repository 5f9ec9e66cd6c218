import { localsOf } from './localsOf.mjs'

const letters = [...'etarnoislcdumpghfvwybkxSAjOMDPNIECTJLR_$VqGUzHFQKWZXYB']
const words = ['as', 'do', 'if', 'in', 'is', 'of']

/** Names for variables, those that are to be used most first. */
export const shortNames = [...letters, ...letters.flatMap(first => letters.map(second => first + second))].filter(name => !words.includes(name))

/** The name in the source: bundling has numbered what would have been called the same. @param {string} name */
export const toSourceName = name => name.replace(/\$\d+$/, '')

/**
 * Chooses short names for the variables of a program: the preferred one by the name in the source, where it is free, else the first that is.
 * Those that no inner function uses come first, so that small functions look alike, which compresses well.
 *
 * @param {ReturnType<typeof localsOf>} program
 * @param {Record<string, string>} preferred short names by name in the source
 * @returns {string[]}
 */
export const chooseLocals = ({ locals, outside }, preferred) => {
  const free = shortNames.filter(name => !outside.has(name))
  const order = locals.map((local, i) => ({ ...local, i })).sort((a, b) => Number(b.isLeaf) - Number(a.isLeaf) || b.places.length - a.places.length || a.i - b.i)
  /** @type {string[]} */
  const chosen = []
  for (const { name, near, i } of order) {
    const taken = new Set([...near].map(other => chosen[other]))
    const source = toSourceName(name)
    const wanted = Object.hasOwn(preferred, source) ? preferred[source] : undefined
    chosen[i] = (wanted && !taken.has(wanted) && !outside.has(wanted) ? wanted : free.find(each => !taken.has(each))) ?? name
  }
  return chosen
}

/**
 * Writes a program with other names for its variables.
 *
 * @param {string} code
 * @param {ReturnType<typeof localsOf>} program
 * @param {readonly string[]} names one for each variable
 */
export const renameLocals = (code, { locals }, names) => {
  const places = locals.flatMap((local, i) => local.places.map(place => ({ ...place, name: names[i] ?? local.name }))).sort((a, b) => a.start - b.start)
  const pieces = places.map(({ start, key, name }, i) => code.slice(places[i - 1]?.end ?? 0, start) + (key === undefined || key === name ? name : `${key}:${name}`))
  return pieces.join('') + code.slice(places.at(-1)?.end ?? 0)
}

/**
 * Gives the variables of what terser has left their short names.
 *
 * @param {string} code
 * @param {Record<string, string>} preferred short names by name in the source
 */
export const shortenLocals = (code, preferred) => {
  const program = localsOf(code)
  return renameLocals(code, program, chooseLocals(program, preferred))
}
