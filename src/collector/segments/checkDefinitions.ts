import { contextKeys } from '../../model/contextKeys.ts'
import { criteriaOperators, type Criteria } from '../../model/criteria.ts'
import { streamTypes, type ContextPattern, type EntityTypeCriteria, type JourneyPattern, type JourneySegment, type Outcome } from '../../model/definition.ts'
import { isJourneyKey, journeyKeys } from '../../model/journeyKeys.ts'
import { checkFlag, checkList, checkObject, checkText, checkThat, checkWhole, checkWord, OptionError, type Check } from '../check.ts'
import { definitionLimits } from './definitionLimits.ts'

/** A criterion as people write it: `equal`, with regard to case, where they do not say. */
type GivenCriteria<C extends Criteria> = Pick<C, 'key' | 'values'> & Partial<C>

type GivenPattern<P extends { criteria: Criteria[] }> = Omit<P, 'criteria'> & { criteria: GivenCriteria<P['criteria'][number]>[] }

interface GivenConditions {
  context?: { patterns?: GivenPattern<ContextPattern>[] }
  journey?: { patterns?: GivenPattern<JourneyPattern>[] }
}

/** A segment as people write it: only `displayName` has to be there. Version and dates are the collector's: given, they change nothing. */
export type GivenSegment = Pick<JourneySegment, 'displayName'> & Partial<Omit<JourneySegment, 'context' | 'journey'>> & GivenConditions

/** An outcome as people write it: only `displayName` has to be there. */
export type GivenOutcome = Pick<Outcome, 'displayName'> & Partial<Omit<Outcome, 'context' | 'journey'>> & GivenConditions

const textUpTo = (most: number): Check<string> =>
  checkThat(`a text of 1 to ${most} characters`, (value): value is string => typeof value === 'string' && value.length >= 1 && value.length <= most)

const listUpTo = <T>(check: Check<T>, most: number, least = 0): Check<T[]> => {
  const checkEach = checkList(check)
  return (value, key) => {
    if (Array.isArray(value) && value.length > most) throw new OptionError(key, `expected at most ${most} entries, got ${value.length}`)
    if (Array.isArray(value) && value.length < least) throw new OptionError(key, `expected at least ${least} ${least === 1 ? 'entry' : 'entries'}, got ${value.length}`)
    return checkEach(value, key)
  }
}

const checkValue = checkThat(
  `a text of at most ${definitionLimits.value} characters`,
  (value): value is string => typeof value === 'string' && value.length <= definitionLimits.value,
)

const checkJourneyKey = checkThat(
  `one of ${journeyKeys.join(', ')} or attributes.<name>.value`,
  (value): value is string => typeof value === 'string' && isJourneyKey(value),
)

const comparesQuantities = (operator: string | undefined): boolean => operator !== undefined && /Than/.test(operator)

const findsAnything = (operator: string | undefined): boolean => operator !== undefined && /contains|With/i.test(operator)

/** What one key cannot say of itself: which values an operator makes sense of. */
const checkOperands = <C extends GivenCriteria<Criteria>>(check: Check<C>): Check<C> => (value, key) => {
  const criterion = check(value, key)
  const { operator, values } = criterion
  if (comparesQuantities(operator) && values.length !== 1) throw new OptionError(`${key}.values`, `expected one value for ${operator}, got ${values.length}`)
  if (findsAnything(operator) && values.includes('')) throw new OptionError(`${key}.values`, `expected no empty text for ${operator}: every text has it in it`)
  return criterion
}

const shared = { values: listUpTo(checkValue, definitionLimits.values, 1), shouldIgnoreCase: checkFlag, operator: checkWord(criteriaOperators) }

const checkContextCriteria = checkOperands(
  checkObject<GivenCriteria<EntityTypeCriteria>>({ key: checkWord(contextKeys), ...shared, entityType: checkWord(['visit']) }, ['key', 'values']),
)

const checkJourneyCriteria = checkOperands(checkObject<GivenCriteria<Criteria>>({ key: checkJourneyKey, ...shared }, ['key', 'values']))

const checkContext = checkObject<NonNullable<GivenConditions['context']>>({
  patterns: listUpTo(
    checkObject<GivenPattern<ContextPattern>>({ criteria: listUpTo(checkContextCriteria, definitionLimits.criteria, 1) }, ['criteria']),
    definitionLimits.patterns,
  ),
})

const checkPattern = checkObject<GivenPattern<JourneyPattern>>(
  {
    criteria: listUpTo(checkJourneyCriteria, definitionLimits.criteria),
    count: checkWhole(1, definitionLimits.count),
    streamType: checkWord(streamTypes),
    sessionType: textUpTo(definitionLimits.name),
    eventName: textUpTo(definitionLimits.name),
  },
  ['criteria', 'count', 'streamType', 'sessionType'],
)

const checkJourney = checkObject<NonNullable<GivenConditions['journey']>>({ patterns: listUpTo(checkPattern, definitionLimits.patterns) })

const checkDate = checkThat('an instant such as 2026-03-01T12:00:00.000Z', (value): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value)))

const definition = {
  id: checkThat(
    `1 to ${definitionLimits.id} letters, digits, dots, _ or -`,
    (value): value is string => typeof value === 'string' && value.length <= definitionLimits.id && /^[\w.-]+$/.test(value),
  ),
  isActive: checkFlag,
  displayName: textUpTo(definitionLimits.name),
  version: checkWhole(0, Number.MAX_SAFE_INTEGER),
  description: checkThat(
    `a text of at most ${definitionLimits.description} characters`,
    (value): value is string => typeof value === 'string' && value.length <= definitionLimits.description,
  ),
  context: checkContext,
  journey: checkJourney,
  selfUri: checkText,
  createdDate: checkDate,
  modifiedDate: checkDate,
}

const checkSegment = checkObject<GivenSegment>(
  {
    ...definition,
    color: checkThat('a colour such as #336699', (value): value is string => typeof value === 'string' && /^#[\da-f]{6}$/i.test(value)),
    scope: checkWord(['Session', 'Customer']),
    shouldDisplayToAgent: checkFlag,
    externalSegment: checkObject(
      { id: textUpTo(definitionLimits.name), name: textUpTo(definitionLimits.name), source: checkWord(['AdobeExperiencePlatform', 'Custom']) },
      ['id', 'name', 'source'],
    ),
    assignmentExpirationDays: checkWhole(0, definitionLimits.days),
  },
  ['displayName'],
)

const checkOutcome = checkObject<GivenOutcome>(
  {
    ...definition,
    isPositive: checkFlag,
    associatedValueField: checkObject(
      {
        dataType: checkWord(['Number', 'Integer']),
        name: checkThat('attributes.<name>.value', (value): value is string => typeof value === 'string' && /^attributes\..+\.value$/s.test(value)),
      },
      ['dataType', 'name'],
    ),
  },
  ['displayName'],
)

/** A name as part of an address: `Frequent buyers` becomes `frequent-buyers`. */
const toSlug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, definitionLimits.id)

/** Id of a definition: its own, or made from its name. */
export const toDefinitionId = ({ id, displayName }: Pick<GivenSegment, 'id' | 'displayName'>): string => id ?? toSlug(displayName)

const checkIds =
  <T extends GivenSegment | GivenOutcome>(check: Check<T[]>): Check<T[]> =>
  (value, key) => {
    const given = check(value, key)
    const ids = given.map(toDefinitionId)
    ids.forEach((id, i) => {
      if (!id) throw new OptionError(`${key}[${i}].id`, 'is missing, and displayName has no letters or digits to make one from')
      if (ids.indexOf(id) < i) throw new OptionError(`${key}[${i}].id`, `${id} is the id of another one already`)
    })
    given.forEach(({ journey }, i) => {
      const events = (journey?.patterns ?? []).reduce((sum, { count }) => sum + count, 0)
      if (events > definitionLimits.events) throw new OptionError(`${key}[${i}].journey.patterns`, `expected counts of ${definitionLimits.events} together at most, got ${events}`)
    })
    return given
  }

/** Takes unknown values for segments and outcomes. @throws OptionError which names the field and what was expected */
export const checkDefinitions = {
  segments: checkIds(listUpTo(checkSegment, definitionLimits.definitions)),
  outcomes: checkIds(listUpTo(checkOutcome, definitionLimits.definitions)),
}
