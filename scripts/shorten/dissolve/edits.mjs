import { placesOf } from './parseProgram.mjs'

/** A part of a text, and what stands there instead. @typedef {[start: number, end: number, text: string]} Edit */

/** Edits that only make sense together. @typedef {Edit[]} Change */

/**
 * Those of some changes that can be made at once: none touches what another one edits.
 *
 * @param {readonly Change[]} changes those that come first are preferred
 * @returns {Edit[]}
 */
export const toCompatible = changes => {
  /** @type {Edit[]} */
  const chosen = []
  for (const change of changes) {
    const isApart = change.every(([start, end]) => chosen.every(([otherStart, otherEnd]) => end <= otherStart || otherEnd <= start))
    if (isApart) chosen.push(...change)
  }
  return chosen
}

/** @param {string} code @param {readonly Edit[]} edits in any order; none overlaps another */
export const applyEdits = (code, edits) =>
  [...edits].sort(([a], [b]) => b - a).reduce((text, [start, end, other]) => text.slice(0, start) + other + text.slice(end), code)

/**
 * The text of a node, with those edits made that fall into it.
 *
 * @param {import('./parseProgram.mjs').Program} program
 * @param {import('./parseProgram.mjs').Node} node
 * @param {readonly Edit[]} edits
 */
export const textWith = ({ code }, { start, end }, edits) =>
  applyEdits(
    code.slice(start, end),
    edits.filter(([from, to]) => from >= start && to <= end).map(([from, to, text]) => [from - start, to - start, text]),
  )

/**
 * Puts something in a variable's places; where a property was written as one with it, the property keeps its name.
 *
 * @param {import('./parseProgram.mjs').Program} program
 * @param {import('eslint-scope').Variable} variable
 * @param {string} text another name, or a value
 * @returns {Edit[]}
 */
export const renameEdits = ({ parentOf }, variable, text) => {
  const places = new Map(placesOf(variable).map(place => [place.start, place]))
  return [...places.values()].map(place => {
    const parent = parentOf(place)
    const holder = parent?.type === 'AssignmentPattern' && parent.left === place ? parentOf(parent) : parent
    return [place.start, place.end, holder?.type === 'Property' && holder.shorthand ? `${place.name}:${text}` : text]
  })
}
