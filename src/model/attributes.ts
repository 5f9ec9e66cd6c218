import type { EventAttributes, Scalar } from './event.ts'
import { limits } from './limits.ts'
import type { CustomEventAttribute, CustomEventAttributeList, Session } from './session.ts'
import { compareStamps, type Stamp } from './stamp.ts'

/** A value of an attribute, with the event it comes from; a list attribute has one for each distinct value. */
export interface AttributeValue {
  name: string
  isList: boolean
  value: Scalar
  stamp: Stamp
}

/**
 * Rolled-up attributes as the reducer keeps them: scalars before lists, by name, then in the order in which values were
 * first seen. Rows rather than an object, so that no name can be special.
 */
export type AttributeState = readonly AttributeValue[]

const compareRows = (a: AttributeValue, b: AttributeValue): number =>
  compareStamps([Number(a.isList), a.name], [Number(b.isList), b.name]) || compareStamps(a.stamp, b.stamp)

/** Finds rows by what they are about: of a scalar there is one, of a list one for each value. */
const createRows = (state: AttributeState) => {
  const byName = new Map<string, Map<Scalar | undefined, AttributeValue>>()

  /** A scalar keeps its newest value; each value of a list its oldest stamp. A new row comes last: items of one list keep their order. */
  const add = (row: AttributeValue): void => {
    const { name, isList, value } = row
    const key = `${isList}/${name}`
    const rows = byName.get(key) ?? new Map<Scalar | undefined, AttributeValue>()
    byName.set(key, rows)
    const item = isList ? value : undefined
    const known = rows.get(item)
    if (known && compareStamps(known.stamp, row.stamp) > 0 !== isList) return
    rows.delete(item)
    rows.set(item, row)
  }

  state.forEach(add)
  return { add, all: (): AttributeValue[] => [...byName.values()].flatMap(rows => [...rows.values()]) }
}

/**
 * Rolls an event's attributes up: a scalar keeps its newest value, a list its distinct values in first-seen order. All of them are put in
 * order at once: an event may have thousands of values.
 */
export const foldAttributes = (state: AttributeState, attributes: EventAttributes, stamp: Stamp): AttributeState => {
  const rows = createRows(state)
  for (const [name, given] of Object.entries(attributes)) for (const value of [given].flat()) rows.add({ name, isList: Array.isArray(given), value, stamp })
  // Of too many the last in order go, so that the same ones stay in whatever order they came.
  return rows.all().sort(compareRows).slice(0, limits.sessionAttributes)
}

const toObject = <T>(map: Map<string, T>): Record<string, T> | undefined => (map.size ? Object.fromEntries(map) : undefined)

/** Attributes as the Session shows them, undefined where there are none; a list of mixed types is one of strings. */
export const toAttributes = (state: AttributeState): { [K in 'attributes' | 'attributeLists']: Session[K] | undefined } => {
  const attributes = new Map<string, CustomEventAttribute>()
  const lists = new Map<string, { dataType: CustomEventAttribute['dataType']; values: Set<string> }>()
  for (const { name, isList, value } of state) {
    const dataType = typeof value as CustomEventAttribute['dataType']
    if (!isList) {
      attributes.set(name, { dataType, value: String(value) })
      continue
    }
    const { dataType: known = dataType, values = new Set<string>() } = lists.get(name) ?? {}
    lists.set(name, { dataType: known === dataType ? known : 'string', values: values.add(String(value)) })
  }
  const shown = [...lists].map(([name, { dataType, values }]): [string, CustomEventAttributeList] => [name, { dataType, values: [...values] }])
  return { attributes: toObject(attributes), attributeLists: toObject(new Map(shown)) }
}
