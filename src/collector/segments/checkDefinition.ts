import { contextKeys } from '../../model/contextKeys.ts'
import { criteriaOperators, type Criteria } from '../../model/criteria.ts'
import { streamTypes, type ContextPattern, type EntityTypeCriteria, type ForeignDefinition, type JourneyPattern, type JourneySegment, type Outcome } from '../../model/definition.ts'
import { isJourneyKey, journeyKeys } from '../../model/journeyKeys.ts'
import { checkFlag, checkList, checkObject, checkText, checkThat, checkWhole, checkWord, OptionError, type Check, type UnknownKeys } from '../settings/check.ts'
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

const isTextUpTo = (most: number, least = 0) => (value: unknown): value is string => typeof value === 'string' && value.length >= least && value.length <= most

const textUpTo = (most: number): Check<string> => checkThat(`a text of 1 to ${most} characters`, isTextUpTo(most, 1))

const checkLoose = checkThat(`a text of at most ${definitionLimits.name} characters`, isTextUpTo(definitionLimits.name))

const listUpTo = <T>(check: Check<T>, most: number, least = 0): Check<T[]> => {
  const checkEach = checkList(check)
  return (value, key) => {
    if (Array.isArray(value) && value.length > most) throw new OptionError(key, `expected at most ${most} entries, got ${value.length}`)
    if (Array.isArray(value) && value.length < least) throw new OptionError(key, `expected at least ${least} ${least === 1 ? 'entry' : 'entries'}, got ${value.length}`)
    return checkEach(value, key)
  }
}

const checkValue = checkThat(`a text of at most ${definitionLimits.value} characters`, isTextUpTo(definitionLimits.value))

const checkDescription = checkThat(`a text of at most ${definitionLimits.description} characters`, isTextUpTo(definitionLimits.description))

const checkJourneyKey = checkThat(
  `one of ${journeyKeys.join(', ')} or attributes.<name>.value`,
  (value): value is string => typeof value === 'string' && isJourneyKey(value),
)

const checkColor = checkThat('a colour such as #336699', (value): value is string => typeof value === 'string' && /^#[\da-f]{6}$/i.test(value))

const checkValuePath = checkThat('attributes.<name>.value', (value): value is string => typeof value === 'string' && /^attributes\..+\.value$/s.test(value))

const checkDate = checkThat('an instant such as 2026-03-01T12:00:00.000Z', (value): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value)))

const checkId = checkThat(
  `1 to ${definitionLimits.id} letters, digits, dots, _ or -`,
  (value): value is string => typeof value === 'string' && value.length <= definitionLimits.id && /^[\w.-]+$/.test(value),
)

const checkAnyWhole = checkThat('a whole number', (value): value is number => Number.isSafeInteger(value))

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

/** A session remembers an instant for each event that is counted. */
const checkCounts = <T extends GivenConditions>(check: Check<T>): Check<T> => (value, key) => {
  const given = check(value, key)
  const events = (given.journey?.patterns ?? []).reduce((sum, { count }) => sum + count, 0)
  if (events > definitionLimits.events) throw new OptionError(key ? `${key}.journey.patterns` : 'journey.patterns', `expected counts of ${definitionLimits.events} together at most, got ${events}`)
  return given
}

/** What is checked, and how. */
interface Strictness {
  /** What becomes of fields that are not known. */
  fields: UnknownKeys
  /** Takes words that are not known, and numbers that nothing can be counted by. */
  isLoose?: boolean
}

/** Creates the checks of one segment and of one outcome. Bounds of lengths and lists hold for all. */
const createChecks = ({ fields, isLoose = false }: Strictness) => {
  const word = <T extends string>(words: readonly T[]): Check<T> => (isLoose ? (checkLoose as Check<T>) : checkWord(words))
  const strictly = <T>(check: Check<T>, loosely: Check<T>): Check<T> => (isLoose ? loosely : check)
  const least = isLoose ? 0 : 1
  const name = strictly(textUpTo(definitionLimits.name), checkLoose)
  const operands = <C extends GivenCriteria<Criteria>>(check: Check<C>): Check<C> => strictly(checkOperands(check), check)

  const shared = { values: listUpTo(checkValue, definitionLimits.values, least), shouldIgnoreCase: checkFlag, operator: word(criteriaOperators) }
  const contextCriteria = operands(
    checkObject<GivenCriteria<EntityTypeCriteria>>({ key: word(contextKeys), ...shared, entityType: word(['visit']) }, ['key', 'values'], fields),
  )
  const journeyCriteria = operands(checkObject<GivenCriteria<Criteria>>({ key: strictly(checkJourneyKey, checkLoose), ...shared }, ['key', 'values'], fields))
  const contextPattern = checkObject<GivenPattern<ContextPattern>>({ criteria: listUpTo(contextCriteria, definitionLimits.criteria, least) }, ['criteria'], fields)
  const journeyPattern = checkObject<GivenPattern<JourneyPattern>>(
    {
      criteria: listUpTo(journeyCriteria, definitionLimits.criteria),
      count: strictly(checkWhole(1, definitionLimits.count), checkAnyWhole),
      streamType: word(streamTypes),
      sessionType: name,
      eventName: name,
    },
    ['criteria', 'count', 'streamType', 'sessionType'],
    fields,
  )
  const definition = {
    id: checkId,
    isActive: checkFlag,
    displayName: textUpTo(definitionLimits.name),
    version: checkWhole(0, Number.MAX_SAFE_INTEGER),
    description: checkDescription,
    context: checkObject<NonNullable<GivenConditions['context']>>({ patterns: listUpTo(contextPattern, definitionLimits.patterns) }, [], fields),
    journey: checkObject<NonNullable<GivenConditions['journey']>>({ patterns: listUpTo(journeyPattern, definitionLimits.patterns) }, [], fields),
    foreign: checkObject<ForeignDefinition>({ obstacle: checkText }),
    selfUri: checkText,
    createdDate: checkDate,
    modifiedDate: checkDate,
  }
  const segment = checkObject<GivenSegment>(
    {
      ...definition,
      color: strictly(checkColor, checkLoose),
      scope: word(['Session', 'Customer']),
      shouldDisplayToAgent: checkFlag,
      externalSegment: checkObject({ id: name, name, source: word(['AdobeExperiencePlatform', 'Custom']) }, isLoose ? [] : ['id', 'name', 'source'], fields),
      assignmentExpirationDays: strictly(checkWhole(0, definitionLimits.days), checkAnyWhole),
    },
    ['displayName'],
    fields,
  )
  const outcome = checkObject<GivenOutcome>(
    {
      ...definition,
      isPositive: checkFlag,
      associatedValueField: checkObject({ dataType: word(['Number', 'Integer']), name: strictly(checkValuePath, checkLoose) }, isLoose ? [] : ['dataType', 'name'], fields),
    },
    ['displayName'],
    fields,
  )
  return { segments: strictly(checkCounts(segment), segment), outcomes: strictly(checkCounts(outcome), outcome) }
}

const checkKnown = createChecks({ fields: 'refused' })

const checkEvaluated = createChecks({ fields: 'dropped' })

const checkAnything = createChecks({ fields: 'kept', isLoose: true })

/** Why a definition cannot be evaluated; undefined when it can. A colour or a name elsewhere is nothing that conditions are about. */
const findObstacle = (kind: keyof typeof checkEvaluated, { displayName, context, journey, ...given }: GivenSegment | GivenOutcome): string | undefined => {
  const { scope, assignmentExpirationDays } = given as GivenSegment
  try {
    checkEvaluated[kind]({ displayName, context, journey, ...(kind === 'segments' && { scope, assignmentExpirationDays }) }, '')
    return undefined
  } catch (cause) {
    if (cause instanceof OptionError) return cause.message
    throw cause
  }
}

const checkForeign = (kind: keyof typeof checkAnything): Check<GivenSegment | GivenOutcome> => (value, key) => {
  const given = checkAnything[kind](value, key)
  const length = JSON.stringify(given).length
  if (length > definitionLimits.foreign) throw new OptionError(key, `expected at most ${definitionLimits.foreign} characters, got ${length}`)
  const obstacle = findObstacle(kind, given)
  return { ...given, foreign: { ...(obstacle !== undefined && { obstacle }) } }
}

/** Takes an unknown value for a segment or an outcome. Each throws an OptionError which names the field and what was expected. */
export const checkDefinition = {
  /** As people write them: whatever is not known is a mistake. */
  known: checkKnown,
  /** As other vendors' clients write them: what is not known is kept, and said to be so in `foreign`. */
  foreign: { segments: checkForeign('segments'), outcomes: checkForeign('outcomes') },
}
