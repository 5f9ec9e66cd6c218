import { isDeepStrictEqual } from 'node:util'
import type { Criteria } from '../../model/criteria.ts'
import type { Definition, JourneySegment, Outcome } from '../../model/definition.ts'
import { toDefinitionId, type GivenOutcome, type GivenSegment } from './checkDefinitions.ts'

/** What a definition says, without what the collector notes about it. */
type Content<D extends Definition> = Omit<D, 'version' | 'selfUri' | 'createdDate' | 'modifiedDate'>

const toCriteria = <C extends Pick<Criteria, 'key' | 'values'> & Partial<Criteria>>({ key, values, shouldIgnoreCase = false, operator = 'equal' }: C) => ({
  key: key as C['key'],
  values,
  shouldIgnoreCase,
  operator,
})

const toConditions = ({ context, journey }: Pick<GivenSegment, 'context' | 'journey'>): Pick<Definition, 'context' | 'journey'> => ({
  context: {
    patterns: (context?.patterns ?? []).map(({ criteria }) => ({ criteria: criteria.map(each => ({ ...toCriteria(each), entityType: 'visit' as const })) })),
  },
  journey: { patterns: (journey?.patterns ?? []).map(pattern => ({ ...pattern, criteria: pattern.criteria.map(toCriteria) })) },
})

const toShared = (given: GivenSegment | GivenOutcome) => ({
  id: toDefinitionId(given),
  isActive: given.isActive ?? true,
  displayName: given.displayName,
  ...(given.description !== undefined && { description: given.description }),
})

const toSegmentContent = (given: GivenSegment): Content<JourneySegment> => ({
  ...toShared(given),
  color: given.color ?? '#4c6a92',
  scope: given.scope ?? 'Session',
  shouldDisplayToAgent: given.shouldDisplayToAgent ?? true,
  ...toConditions(given),
  ...(given.externalSegment && { externalSegment: given.externalSegment }),
  ...(given.assignmentExpirationDays !== undefined && { assignmentExpirationDays: given.assignmentExpirationDays }),
})

const toOutcomeContent = (given: GivenOutcome): Content<Outcome> => ({
  ...toShared(given),
  isPositive: given.isPositive ?? true,
  ...toConditions(given),
  ...(given.associatedValueField && { associatedValueField: given.associatedValueField }),
})

/** Version and dates: as they were where nothing has changed. */
const toDefinition =
  <G, D extends Definition>(kind: 'segments' | 'outcomes', toContent: (given: G) => Content<D>) =>
  (given: G, known: readonly D[], now: string): D => {
    const content = toContent(given)
    const before = known.find(({ id }) => id === content.id)
    const { version = 0, selfUri: _selfUri, createdDate = now, modifiedDate = now, ...contentBefore } = before ?? ({} as Partial<D>)
    const isSame = isDeepStrictEqual(content, contentBefore)
    const notes = { version: isSame ? version : version + 1, selfUri: `/v1/${kind}/${content.id}`, createdDate, modifiedDate: isSame ? modifiedDate : now }
    return { ...content, ...notes } as D
  }

/**
 * Completes a definition: defaults for what it does not say, a version that counts changes, and their dates.
 *
 * @param known the definitions so far
 * @param now ISO 8601
 */
export const toSegmentDefinition = toDefinition('segments', toSegmentContent)
export const toOutcomeDefinition = toDefinition('outcomes', toOutcomeContent)
