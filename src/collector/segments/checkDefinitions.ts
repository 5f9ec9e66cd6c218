import type { Definitions } from '../../model/definition.ts'
import { checkList, OptionError, type Check } from '../settings/check.ts'
import { checkDefinition, type GivenOutcome, type GivenSegment } from './checkDefinition.ts'
import { definitionLimits } from './definitionLimits.ts'

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

const isForeign = (value: unknown): boolean => typeof value === 'object' && value !== null && 'foreign' in value && typeof value.foreign === 'object'

const checkAll = <T extends GivenSegment | GivenOutcome>(kind: keyof Definitions): Check<T[]> => {
  const checkEach = checkList<T>((value, key) => checkDefinition[isForeign(value) ? 'foreign' : 'known'][kind](value, key) as T)
  return (value, key) => {
    if (Array.isArray(value) && value.length > definitionLimits.definitions) {
      throw new OptionError(key, `expected at most ${definitionLimits.definitions} entries, got ${value.length}`)
    }
    const given = checkEach(value, key)
    const ids = given.map(toDefinitionId)
    ids.forEach((id, i) => {
      if (!id) throw new OptionError(`${key}[${i}].id`, 'is missing, and displayName has no letters or digits to make one from')
      if (ids.indexOf(id) < i) throw new OptionError(`${key}[${i}].id`, `${id} is the id of another one already`)
    })
    return given
  }
}

/** Takes unknown values for segments and outcomes. @throws OptionError which names the field and what was expected */
export const checkDefinitions = { segments: checkAll<GivenSegment>('segments'), outcomes: checkAll<GivenOutcome>('outcomes') }
