/** Why the collector refuses a definition. */
export interface DefinitionProblem {
  /** Where it is wrong, e.g. `journey.patterns[0].count`; empty where no field of the form is to blame. */
  path: string
  message: string
}

const shape = /^entities(?:\[(\d+)\])?\.?(\S*?): (.*)$/s

const criterion = String.raw`criteria\[\d+\]\.(key|operator|values)`

/** Fields that the form has. */
const fields = new RegExp(
  String.raw`^(displayName|description|scope|assignmentExpirationDays|color|externalSegment\.(id|name|source)|associatedValueField\.(name|dataType)|context\.patterns\[\d+\]\.${criterion}|journey\.patterns(\[\d+\]\.(eventName|count|streamType|sessionType|${criterion}))?)$`,
)

/** The id is made from the name, and the values of a condition are one field. */
const toField = (path: string): string => (path === 'id' ? 'displayName' : path.replace(/\.values\[\d+\]$/, '.values'))

/** Words that begin with an id keep it as it is. */
const toSentence = (words: string): string => `${words.replace(/^(expected|is|too)\b/, word => word.charAt(0).toUpperCase() + word.slice(1))}.`

/**
 * Finds the field that the collector names.
 *
 * @param detail of its answer, e.g. `entities[2].journey.patterns[0].count: expected a whole number`
 * @param index place of the definition in the list that was put
 */
export const toDefinitionProblem = (detail: string, index: number): DefinitionProblem => {
  const [, at, where = '', words = detail] = shape.exec(detail) ?? []
  const path = toField(where)
  return Number(at) === index && fields.test(path) ? { path, message: toSentence(words) } : { path: '', message: toSentence(detail) }
}
