import type { Criteria } from '../../model/criteria.ts'
import type { Definition, JourneyPattern } from '../../model/definition.ts'
import { toAttributeName } from '../../model/journeyKeys.ts'
import { contextWords, journeyWords, operatorWords } from './conditionWords.ts'

/** Another vendor's client may have written a word that is not known here: it is shown as it is. */
const toWord = (words: Record<string, string>, word: string): string => (Object.hasOwn(words, word) ? words[word]! : word)

const keyWords: Record<string, string> = { ...contextWords, ...journeyWords, authenticated: 'Authenticated' }

const toKeyWords = (key: string): string => {
  const attribute = toAttributeName(key)
  return attribute === undefined ? toWord(keyWords, key) : `Attribute ${attribute}`
}

const describeCriterion = ({ key, operator, values }: Criteria): string => {
  const joint = operator.endsWith('All') ? ' and ' : ' or '
  return `${toKeyWords(key)} ${toWord(operatorWords, operator)} ${values.map(value => `“${value}”`).join(joint)}`
}

const describePattern = ({ criteria, count, eventName }: JourneyPattern): string => {
  const where = criteria.map(describeCriterion).join(' and ')
  return `${count} × ${eventName ?? 'any event'}${where && `, ${where}`}`
}

/** What a segment or an outcome waits for: all of it has to hold. Empty where it asks for nothing, and nobody meets it. */
export const describeConditions = ({ context, journey }: Pick<Definition, 'context' | 'journey'>): string[] => [
  ...context.patterns.flatMap(({ criteria }) => criteria.map(describeCriterion)),
  ...journey.patterns.map(describePattern),
]
