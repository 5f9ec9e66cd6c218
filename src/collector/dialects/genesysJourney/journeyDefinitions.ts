import { OptionError } from '../../settings/check.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'
import type { Definition } from '../../../model/definition.ts'
import { ProblemError } from '../../problem.ts'
import { checkDefinition } from '../../segments/checkDefinition.ts'
import { checkDefinitions } from '../../segments/checkDefinitions.ts'
import type { DefinitionKind, DefinitionStore, GivenDefinitions } from '../../segments/createDefinitionStore.ts'
import { definitionLimits } from '../../segments/definitionLimits.ts'
import { toOutcomeUri, toSegmentUri } from './toJourneySession.ts'

/** What the server says of a definition, whoever sends it. */
const given = new Set(['id', 'selfUri', 'createdDate', 'modifiedDate', 'version'])

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const withoutGiven = (json: unknown): JsonObject => {
  if (!isObject(json)) throw new ProblemError('invalid-document', { detail: 'must be an object' })
  return Object.fromEntries(Object.entries(json).filter(([name]) => !given.has(name)))
}

/** Of their model only the name of the group elsewhere can be changed. */
const merge = (before: JsonObject, change: JsonObject): JsonObject => {
  const { externalSegment } = change
  const joined = isObject(externalSegment) && isObject(before.externalSegment) ? { externalSegment: { ...before.externalSegment, ...externalSegment } } : {}
  return { ...before, ...change, ...joined }
}

/** Shows a definition in the vendor's model: the same fields, with their path. */
export const toJourneyDefinition = (kind: DefinitionKind, { foreign: _foreign, ...definition }: Definition): JsonObject => ({
  ...definition,
  selfUri: kind === 'segments' ? toSegmentUri(definition.id) : toOutcomeUri(definition.id),
})

const isKnown = (kind: DefinitionKind, json: JsonObject): boolean => {
  try {
    checkDefinition.known[kind](json, '')
    return true
  } catch (cause) {
    if (cause instanceof OptionError) return false
    throw cause
  }
}

/** A definition as lists have it: marked where something in it is not known here. */
const toListed = (kind: DefinitionKind, { foreign: _foreign, ...json }: JsonObject): JsonObject => (isKnown(kind, json) ? json : { ...json, foreign: {} })

/** Creates the changing of one definition at a time, in a store that keeps lists. */
export const createJourneyDefinitions = (store: DefinitionStore, kind: DefinitionKind) => {
  const list = (): readonly Definition[] => store.list(kind).entities

  const find = (id: string): Definition => {
    const found = list().find(definition => definition.id === id)
    if (!found) throw new ProblemError('definition-not-found', { detail: `Unable to find a definition with the id ${id}` })
    return found
  }

  const put = (entities: readonly object[]): void => {
    try {
      store.put(kind, checkDefinitions[kind](entities, '') as GivenDefinitions[typeof kind])
    } catch (cause) {
      // Which of all definitions it is does not matter to those who have sent one.
      throw cause instanceof OptionError ? new ProblemError('invalid-document', { detail: cause.message.replace(/^\[\d+\]\.?/, '') }) : cause
    }
  }

  return {
    list,
    find,

    /** @throws ProblemError `invalid-document` that names what is wrong */
    create: (json: unknown, id: string): Definition => {
      if (list().length >= definitionLimits.definitions) throw new ProblemError('invalid-document', { detail: `at most ${definitionLimits.definitions} are kept` })
      put([...list(), toListed(kind, { ...withoutGiven(json), id })])
      return find(id)
    },

    /** @throws ProblemError `definition-not-found`, or `invalid-document` that names what is wrong */
    change: (id: string, json: unknown): Definition => {
      const before = find(id)
      put(list().map(definition => (definition === before ? toListed(kind, { ...merge({ ...before }, withoutGiven(json)), id }) : definition)))
      return find(id)
    },

    /** @throws ProblemError `definition-not-found` */
    remove: (id: string): void => {
      const found = find(id)
      put(list().filter(definition => definition !== found))
    },
  }
}

export type JourneyDefinitions = ReturnType<typeof createJourneyDefinitions>
