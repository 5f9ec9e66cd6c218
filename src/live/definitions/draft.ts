import type { Definition, JourneySegment, Outcome } from '../../model/definition.ts'

/** Segments and outcomes are kept in two lists. */
export type DefinitionKind = 'segments' | 'outcomes'

/** A segment or an outcome as the collector lists it. */
export type ListedDefinition = JourneySegment | Outcome

type Written = Pick<Definition, 'displayName' | 'isActive' | 'context' | 'journey'>
type OfSegment = Pick<JourneySegment, 'scope' | 'assignmentExpirationDays' | 'color' | 'shouldDisplayToAgent' | 'externalSegment'>
type OfOutcome = Pick<Outcome, 'isPositive' | 'associatedValueField'>
type Optional = Partial<Pick<Definition, 'id' | 'description'> & OfSegment & OfOutcome>

/** What is written of a definition. What else stands in one that is changed stays in it. */
export type DraftContent = Written & Optional

/** A definition while it is written. */
export interface Draft {
  kind: DefinitionKind
  /** The definition that is changed, as it was found; absent for a new one. */
  base?: { id: string; version: number }
  content: DraftContent
}

/** Begins a new definition, without conditions. */
export const newDraft = (kind: DefinitionKind): Draft => ({
  kind,
  content: {
    displayName: '',
    isActive: true,
    context: { patterns: [] },
    journey: { patterns: [] },
    ...(kind === 'segments' ? { scope: 'Session' } : { isPositive: true }),
  },
})

/** Begins to change a definition. */
export const toDraft = (kind: DefinitionKind, definition: ListedDefinition): Draft => ({
  kind,
  base: { id: definition.id, version: definition.version },
  content: definition,
})

/** Whether a draft says something else than when it was begun. */
export const isChanged = (draft: Draft, begun: Draft): boolean => JSON.stringify(draft.content) !== JSON.stringify(begun.content)

const countCriteria = (patterns: readonly { criteria: unknown[] }[]): number[] => patterns.map(({ criteria }) => criteria.length)

const toRows = ({ content: { context, journey } }: Draft): string =>
  JSON.stringify([context, journey].map(({ patterns }) => countCriteria(patterns)))

/** Whether two drafts have the same rows, so that what was said of a row by its place is still said of that row. */
export const haveSameRows = (a: Draft, b: Draft): boolean => toRows(a) === toRows(b)
