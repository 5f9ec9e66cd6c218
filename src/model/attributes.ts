import type { EventAttributes, Scalar } from './event.ts'
import { limits } from './limits.ts'
import type { CustomEventAttribute, CustomEventAttributeList } from './session.ts'
import { compareStamps, newer, type Stamp, type Stamped } from './stamp.ts'

/** Distinct values with the event that first had each, in that order. */
export type FirstSeen = Stamped<Scalar>[]

/** A rolled-up attribute as the reducer keeps it: the newest value, or the distinct values of a list. */
export type AttributeEntry = readonly [name: string, isList: boolean, values: FirstSeen]

/**
 * Rolled-up attributes: entries rather than an object, so that no name can be special; scalars before lists,
 * each in alphabetical order.
 */
export type AttributeState = readonly AttributeEntry[]

const toDataType = (values: FirstSeen): CustomEventAttribute['dataType'] => {
  const [type, ...others] = new Set(values.map(entry => typeof entry.value))
  return type && !others.length ? (type as CustomEventAttribute['dataType']) : 'string'
}

/**
 * Adds a value to those seen so far. What is kept, the `sessionListValues` first ones, depends on neither order nor
 * repetition: a value's stamp only ever gets older.
 */
export const addFirstSeen = (seen: FirstSeen, value: Scalar, stamp: Stamp): FirstSeen => {
  const known = seen.find(entry => entry.value === value)
  if (known && compareStamps(known.stamp, stamp) <= 0) return seen
  return [...seen.filter(entry => entry !== known), { stamp, value }]
    .sort((a, b) => compareStamps(a.stamp, b.stamp))
    .slice(0, limits.sessionListValues)
}

/** Items of one list keep their order among themselves. */
const toItemStamp = ([at, id]: Stamp, index: number): Stamp => [at, `${id}/${String(index).padStart(4, '0')}`]

/**
 * Rolls an event's attributes up: a scalar keeps its newest value, a list its distinct values in first-seen order. Of too
 * many names the last in that order go, so that the same ones stay in whatever order they came.
 */
export const foldAttributes = (state: AttributeState, attributes: EventAttributes, stamp: Stamp): AttributeState =>
  Object.entries(attributes).reduce((entries, [name, value]) => {
    const isList = Array.isArray(value)
    const known = entries.find(entry => entry[0] === name && entry[1] === isList)
    const values = known?.[2] ?? []
    const changed: AttributeEntry = [
      name,
      isList,
      isList ? value.reduce((seen: FirstSeen, item, i) => addFirstSeen(seen, item, toItemStamp(stamp, i)), values) : [newer(values[0], { stamp, value })],
    ]
    if (known) return entries.map(entry => (entry === known ? changed : entry))
    return [...entries, changed].sort((a, b) => compareStamps([Number(a[1]), a[0]], [Number(b[1]), b[0]])).slice(0, limits.sessionAttributes)
  }, state)

const pick = <T>(state: AttributeState, isList: boolean, show: (values: FirstSeen) => T): Record<string, T> | undefined => {
  const entries = state.filter(entry => entry[1] === isList)
  return entries.length ? Object.fromEntries(entries.map(([name, , values]) => [name, show(values)])) : undefined
}

/** Scalars as the Session shows them; undefined when there are none. */
export const toAttributes = (state: AttributeState): Record<string, CustomEventAttribute> | undefined =>
  pick(state, false, values => ({ dataType: toDataType(values), value: String(values[0]!.value) }))

/** Lists as the Session shows them; a list of mixed types is one of strings. Undefined when there are none. */
export const toAttributeLists = (state: AttributeState): Record<string, CustomEventAttributeList> | undefined =>
  pick(state, true, values => ({ dataType: toDataType(values), values: [...new Set(values.map(entry => String(entry.value)))] }))
