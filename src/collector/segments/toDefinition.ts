import { isDeepStrictEqual } from 'node:util'
import type { Criteria } from '../../model/criteria.ts'
import type { Definition, JourneySegment, Outcome } from '../../model/definition.ts'
import type { GivenOutcome, GivenSegment } from './checkDefinition.ts'
import { toDefinitionId } from './checkDefinitions.ts'

/** What a definition says, without what the collector notes about it. */
type Content<D extends Definition> = Omit<D, 'version' | 'selfUri' | 'createdDate' | 'modifiedDate'>

/** `equal`, with regard to case, where it does not say. What else stands in it stays. */
const toCriteria = <C extends Pick<Criteria, 'key' | 'values'> & Partial<Criteria>>(given: C) => ({ shouldIgnoreCase: false, operator: 'equal' as const, ...given, key: given.key as C['key'] })

const toConditions = ({ context, journey }: Pick<GivenSegment, 'context' | 'journey'>): Pick<Definition, 'context' | 'journey'> => ({
  context: {
    ...context,
    patterns: (context?.patterns ?? []).map(pattern => ({ ...pattern, criteria: pattern.criteria.map(each => ({ entityType: 'visit' as const, ...toCriteria(each) })) })),
  },
  journey: { ...journey, patterns: (journey?.patterns ?? []).map(pattern => ({ ...pattern, criteria: pattern.criteria.map(toCriteria) })) },
})

/** What the collector notes itself is not taken from what was given. */
const withoutNotes = <G extends GivenSegment | GivenOutcome>({ version: _version, selfUri: _selfUri, createdDate: _created, modifiedDate: _modified, ...given }: G) => given

/** Another vendor's client need not say which system it is. */
const toExternal = (given: Partial<NonNullable<JourneySegment['externalSegment']>>) => ({ source: 'Custom', ...given }) as NonNullable<JourneySegment['externalSegment']>

const toSegmentContent = (given: GivenSegment): Content<JourneySegment> => ({
  isActive: true,
  color: '#4c6a92',
  scope: 'Session',
  shouldDisplayToAgent: true,
  ...withoutNotes(given),
  ...(given.externalSegment && { externalSegment: toExternal(given.externalSegment) }),
  id: toDefinitionId(given),
  ...toConditions(given),
})

const toOutcomeContent = (given: GivenOutcome): Content<Outcome> => ({
  isActive: true,
  isPositive: true,
  ...withoutNotes(given),
  id: toDefinitionId(given),
  ...toConditions(given),
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
