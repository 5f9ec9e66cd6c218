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

/**
 * Rolls an event's attributes up: a scalar keeps its newest value, a list its distinct values in first-seen order. All of them are put in
 * order at once: an event may have thousands of values. Sorting is stable: items of one list keep their order.
 */
export const foldAttributes = (state: AttributeState, attributes: EventAttributes, stamp: Stamp): AttributeState => {
  const added = Object.entries(attributes).flatMap(([name, given]) => [given].flat().map((value): AttributeValue => ({ name, isList: Array.isArray(given), value, stamp })))
  const rows = [...state, ...added].sort(compareRows)
  let values = new Set<Scalar>()
  // Of a scalar the last row is the newest; of a list each value is kept where it came first.
  const isKept = ({ name, isList, value }: AttributeValue, i: number): boolean => {
    const neighbour = rows[isList ? i - 1 : i + 1]
    const isAtEdge = neighbour?.name !== name || neighbour.isList !== isList
    if (isAtEdge) values = new Set()
    return isList ? values.size < values.add(value).size : isAtEdge
  }
  // Of too many the last in order go, so that the same ones stay in whatever order they came.
  return rows.filter(isKept).slice(0, limits.sessionAttributes)
}

const toObject = <T>(map: Map<string, T>): Record<string, T> | undefined => (map.size ? Object.fromEntries(map) : undefined)

/** Attributes as the Session shows them, undefined where there are none; a list of mixed types is one of strings. */
export const toAttributes = (state: AttributeState): { [K in 'attributes' | 'attributeLists']: Session[K] | undefined } => {
  const attributes = new Map<string, CustomEventAttribute>()
  const lists = new Map<string, CustomEventAttributeList>()
  for (const { name, isList, value } of state) {
    const dataType = typeof value as CustomEventAttribute['dataType']
    const { dataType: known = dataType, values = [] } = lists.get(name) ?? {}
    values.push(String(value))
    if (isList) lists.set(name, { dataType: known === dataType ? known : 'string', values })
    else attributes.set(name, { dataType, value: String(value) })
  }
  for (const list of lists.values()) list.values = [...new Set(list.values)]
  return { attributes: toObject(attributes), attributeLists: toObject(lists) }
}
