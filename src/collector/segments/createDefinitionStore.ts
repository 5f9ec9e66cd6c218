import { createHash } from 'node:crypto'
import type { Definitions } from '../../model/definition.ts'
import { ProblemError } from '../problem.ts'
import type { GivenOutcome, GivenSegment } from './checkDefinition.ts'
import type { DefinitionFile, DefinitionSource, KeptDefinitions } from './definitionFile.ts'
import { toOutcomeDefinition, toSegmentDefinition } from './toDefinition.ts'

export type DefinitionKind = keyof Definitions

/** Definitions as people write them. */
export interface GivenDefinitions {
  segments: GivenSegment[]
  outcomes: GivenOutcome[]
}

/** The definitions of one kind, and where they come from. */
export interface DefinitionList<K extends DefinitionKind> {
  entities: Definitions[K]
  source: DefinitionSource
  /** Changes with the list. */
  tag: string
}

export interface DefinitionStoreOptions {
  file: DefinitionFile
  /** What the configuration says. */
  configured: GivenDefinitions
  /** Milliseconds since 1970. */
  now(): number
  /** Told of every change, once it is kept. */
  onChange?(definitions: Definitions): void
}

/** Keeps the definitions of segments and outcomes. */
export interface DefinitionStore {
  all(): Definitions
  list<K extends DefinitionKind>(kind: K): DefinitionList<K>
  /**
   * Puts a list in the place of the one there is, durably. From then on the configuration's list is not used.
   *
   * @param tag of the list that the caller has seen; absent to replace whatever is there
   * @throws ProblemError `definitions-changed` when that is not the list any more
   */
  put<K extends DefinitionKind>(kind: K, given: GivenDefinitions[K], tag?: string): DefinitionList<K>
  /** Goes back to the list of the configuration; with a tag and its error as above. */
  forget<K extends DefinitionKind>(kind: K, tag?: string): DefinitionList<K>
}

const toTag = (entities: unknown): string => createHash('sha256').update(JSON.stringify(entities)).digest('base64url').slice(0, 16)

/**
 * Opens the definitions: those that were put over the API, else those of the configuration. One that is as it was keeps its
 * version and its dates.
 */
export const createDefinitionStore = ({ file, configured, now, onChange }: DefinitionStoreOptions): DefinitionStore => {
  const complete = (given: GivenDefinitions, known: Definitions): Definitions => {
    const date = new Date(now()).toISOString()
    return {
      segments: given.segments.map(each => toSegmentDefinition(each, known.segments, date)),
      outcomes: given.outcomes.map(each => toOutcomeDefinition(each, known.outcomes, date)),
    }
  }

  const all = ({ segments, outcomes }: KeptDefinitions): Definitions => ({ segments: segments.entities, outcomes: outcomes.entities })

  const withConfigured = (stored: KeptDefinitions): KeptDefinitions => {
    const { segments, outcomes } = complete(configured, all(stored))
    return {
      segments: stored.segments.source === 'api' ? stored.segments : { source: 'configuration', entities: segments },
      outcomes: stored.outcomes.source === 'api' ? stored.outcomes : { source: 'configuration', entities: outcomes },
    }
  }

  let kept = withConfigured(file.read())
  file.write(kept)

  const list = <K extends DefinitionKind>(kind: K): DefinitionList<K> => {
    const { source, entities } = kept[kind]
    return { entities: entities as Definitions[K], source, tag: toTag(entities) }
  }

  const refuseUnseen = (kind: DefinitionKind, tag: string | undefined): void => {
    if (tag !== undefined && tag !== list(kind).tag) throw new ProblemError('definitions-changed')
  }

  const keep = (next: KeptDefinitions): void => {
    file.write(next)
    kept = next
    onChange?.(all(kept))
  }

  return {
    all: () => all(kept),
    list,
    put: (kind, given, tag) => {
      refuseUnseen(kind, tag)
      const entities = complete({ segments: [], outcomes: [], [kind]: given }, all(kept))[kind]
      keep({ ...kept, [kind]: { source: 'api', entities } })
      return list(kind)
    },
    forget: (kind, tag) => {
      refuseUnseen(kind, tag)
      keep(withConfigured({ ...kept, [kind]: { ...kept[kind], source: 'configuration' } }))
      return list(kind)
    },
  }
}
