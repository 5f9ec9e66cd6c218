import { limits } from '../../model/limits.ts'
import { shapes } from '../../model/shapes.ts'
import { OptionError } from './check.ts'
import type { Person } from '../identity/person.ts'

/** Flags of the commands that are about a person, as `parseArgs` takes them. */
export const personFlags = { visitor: { type: 'boolean' }, site: { type: 'string' }, type: { type: 'string' }, output: { type: 'string' } } as const

/** Text of `--help` about them. */
export const personHelp = `erase and export take
  --${'visitor'.padEnd(30)} The id is the one of a visitor, that is a browser, not of a customer.
  --${'site shop'.padEnd(30)} Only at this site.
  --${'type crm'.padEnd(30)} Only the customer whose id is of this type.
  --${'output customer.json'.padEnd(30)} Where to write an export; without it, to standard output.
`

/** Whom a command is about, and where its result goes. */
export interface PersonCommand {
  person: Person
  output?: string
}

const toText = (value: unknown, name: string): string | undefined => {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value === '') throw new OptionError(`--${name}`, 'expected a value')
  return value
}

/**
 * Reads whom a command is about.
 *
 * @throws OptionError for the first thing that is wrong
 */
export const readPerson = (command: 'erase' | 'export', rest: readonly string[], values: Record<string, unknown>): PersonCommand => {
  const [id, ...others] = rest
  if (typeof values.visitor === 'string') throw new OptionError('--visitor', `expected no value, got ${JSON.stringify(values.visitor)}`)
  const by = values.visitor === true ? 'visitor' : 'customer'
  if (id === undefined || others.length) throw new OptionError('', `expected one id: sojourn ${command} <${by} id>`)
  if (id === '' || id.length > limits.name) throw new OptionError('', `expected an id of 1 to ${limits.name} characters`)
  if (by === 'visitor' && !new RegExp(shapes.id.pattern).test(id)) throw new OptionError('', `${id} is no visitor id, which is a UUID in lower case`)
  const [site, type, output] = (['site', 'type', 'output'] as const).map(name => toText(values[name], name))
  if (by === 'visitor' && type !== undefined) throw new OptionError('--type', 'a visitor id has no type')
  if (command === 'erase' && output !== undefined) throw new OptionError('--output', 'is for export')
  return { person: { by, id, ...(site !== undefined && { site }), ...(type !== undefined && { type }) }, ...(output !== undefined && { output }) }
}
