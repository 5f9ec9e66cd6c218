import type { EventAttributes, Scalar } from './event.ts'
import { limits } from './limits.ts'
import type { CustomEventAttribute, CustomEventAttributeList } from './session.ts'
import { compareStamps, newer, type Stamp, type Stamped } from './stamp.ts'

/** Distinct values with the event that first had each, in that order. */
export type FirstSeen = Stamped<Scalar>[]

/** Rolled-up attributes as the reducer keeps them: entries in alphabetical order, so that no name can be special. */
export interface AttributeState {
  scalars: [name: string, newest: Stamped<Scalar>][]
  lists: [name: string, values: FirstSeen][]
}

const toDataType = (value: Scalar): CustomEventAttribute['dataType'] => typeof value as CustomEventAttribute['dataType']

/**
 * Adds a value to those seen so far. What is kept, the `sessionListValues` first ones, depends on neither order nor
 * repetition: a value's stamp only ever gets older.
 */
export const addFirstSeen = (seen: FirstSeen, value: Scalar, stamp: Stamp): FirstSeen => {
  const known = seen.find(entry => entry.value === value)
  if (known && compareStamps(known.stamp, stamp) <= 0) return seen
  return [...seen.filter(entry => entry !== known), { stamp, value }]
    .sort((a, b) => compareStamps(a.stamp, b.stamp) || seen.indexOf(a) - seen.indexOf(b))
    .slice(0, limits.sessionListValues)
}

/** Sets an entry; of too many names the alphabetically last go, so that the same ones stay in whatever order they came. */
const setEntry = <T>(entries: [string, T][], name: string, change: (value: T | undefined) => T): [string, T][] => {
  const known = entries.find(entry => entry[0] === name)
  const changed: [string, T] = [name, change(known?.[1])]
  if (known) return entries.map(entry => (entry === known ? changed : entry))
  return [...entries, changed].sort((a, b) => (a[0] < b[0] ? -1 : 1)).slice(0, limits.sessionAttributes)
}

/** Rolls an event's attributes up: a scalar keeps its newest value, a list its distinct values in first-seen order. */
export const foldAttributes = (state: AttributeState, attributes: EventAttributes, stamp: Stamp): AttributeState => {
  let { scalars, lists } = state
  for (const [name, value] of Object.entries(attributes)) {
    if (Array.isArray(value)) {
      lists = setEntry(lists, name, values => value.reduce((seen: FirstSeen, item, i) => addFirstSeen(seen, item, toItemStamp(stamp, i)), values ?? []))
    } else scalars = setEntry(scalars, name, newest => newer(newest, { stamp, value }))
  }
  return { scalars, lists }
}

/** Items of one list keep their order among themselves. */
const toItemStamp = ([at, id]: Stamp, index: number): Stamp => [at, `${id}/${String(index).padStart(4, '0')}`]

/** Scalars as the Session shows them. */
export const toAttributes = (scalars: AttributeState['scalars']): Record<string, CustomEventAttribute> =>
  Object.fromEntries(scalars.map(([name, { value }]) => [name, { dataType: toDataType(value), value: String(value) }]))

/** Lists as the Session shows them; a list of mixed types is one of strings. */
export const toAttributeLists = (lists: AttributeState['lists']): Record<string, CustomEventAttributeList> =>
  Object.fromEntries(
    lists.map(([name, seen]) => {
      const types = new Set(seen.map(entry => toDataType(entry.value)))
      const [only] = types
      return [name, { dataType: types.size === 1 && only ? only : 'string', values: [...new Set(seen.map(entry => String(entry.value)))] }]
    }),
  )
