import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { OptionError } from './check.ts'
import { describeUnknown, nearest } from './nearest.ts'
import { checkOptions, type CollectorOptions } from './options.ts'
import { personFlags, personHelp, readPerson, type PersonCommand } from './readPerson.ts'

/** What the command line asks for. */
export type Invocation = { options: CollectorOptions } & ({ command: 'serve' | 'rebuild' | 'help' | 'version' } | ({ command: 'erase' | 'export' } & PersonCommand))

type Command = Invocation extends infer I ? (I extends Invocation ? Omit<I, 'options'> : never) : never

interface Flag {
  name: string
  option: string
  argument?: string
  help: string
}

const flags: readonly Flag[] = [
  { name: 'port', option: 'port', argument: '4800', help: 'Port to listen on; 0 takes any free one.' },
  { name: 'host', option: 'host', argument: '127.0.0.1', help: 'Address to listen on; 0.0.0.0 for all.' },
  { name: 'data', option: 'data', argument: './sojourn-data', help: 'Folder of the databases.' },
  { name: 'config', option: 'config', argument: 'sojourn.config.json', help: 'Configuration file: sites, address policy, geolocation and so on.' },
  { name: 'api-key', option: 'apiKey', argument: '<key>', help: 'API key to use. Better: SOJOURN_API_KEY, which other users of the machine cannot see.' },
  { name: 'demo', option: 'demo', help: 'Serve the demo, also when sites are configured.' },
  { name: 'log-level', option: 'logLevel', argument: 'info', help: 'silent, fatal, error, warn, info, debug or trace.' },
]

const commands = ['rebuild', 'erase', 'export'] as const
const usualConfig = 'sojourn.config.json'

const toVariable = ({ name }: Flag): string => `SOJOURN_${name.toUpperCase().replaceAll('-', '_')}`

/** Text of `--help`. */
export const help = `Usage: sojourn [options]            serve
       sojourn rebuild [options]    make all Sessions again from the event log
       sojourn erase <id> [options] erase everything of a customer, while no collector runs
       sojourn export <id> [options] write everything of a customer as JSON

${flags.map(({ name, argument = '', help: text }) => `  --${`${name} ${argument}`.padEnd(30)} ${text}`).join('\n')}
  --version, -v
  --help, -h

${personHelp}
Each of the others is also an environment variable: SOJOURN_PORT=8080. A flag wins over a variable, a variable over the configuration file.
`

/** A value of the command line or the environment, which are always texts, as what the option is. */
const toValue = (flag: Flag, text: string | boolean, source: string): unknown => {
  if (!flag.argument) {
    if (typeof text === 'boolean') return text
    if (/^(true|1)$/.test(text)) return true
    if (/^(false|0|)$/.test(text)) return false
    throw new OptionError(source, `expected true or false, got ${JSON.stringify(text)}`)
  }
  if (typeof text === 'boolean' || text === '') throw new OptionError(source, `expected a value, e.g. ${flag.argument}`)
  return flag.option === 'port' && /^\d+$/.test(text) ? Number(text) : text
}

type Given = Record<string, unknown>

const isCommand = (name: string): name is (typeof commands)[number] | 'serve' => name === 'serve' || commands.some(each => each === name)

const isAboutPerson = (command: string): command is 'erase' | 'export' => command === 'erase' || command === 'export'

const readCommand = (positionals: readonly string[], values: Record<string, unknown>): Command => {
  if (values.help || positionals[0] === 'help') return { command: 'help' }
  if (values.version) return { command: 'version' }
  const [command = 'serve', ...rest] = positionals
  if (!isCommand(command)) throw new OptionError('', describeUnknown(command, commands))
  if (isAboutPerson(command)) return { command, ...readPerson(command, rest, values) }
  if (rest.length) throw new OptionError('', describeUnknown(rest[0]!, commands))
  const odd = Object.keys(personFlags).find(name => values[name] !== undefined)
  if (odd !== undefined) throw new OptionError(`--${odd}`, 'is for erase and export')
  return { command }
}

/** Refuses the next flag as the value of one that was given none; one that begins so is written behind an equals sign. */
const refuseTaken = ({ rawName, value, inlineValue }: { rawName: string; value: string | undefined; inlineValue: boolean | undefined }): void => {
  if (value?.startsWith('--') && !inlineValue) throw new OptionError(rawName, `expected a value, got the flag ${value}`)
}

const readFlags = (args: string[]): { given: Given; command: Command } => {
  const known = Object.fromEntries(flags.map(({ name, argument }) => [name, { type: argument ? ('string' as const) : ('boolean' as const) }]))
  const { values, positionals, tokens } = parseArgs({
    ...{ args, strict: false, allowPositionals: true, tokens: true },
    options: { ...known, ...personFlags, help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
  })
  const names = [...flags.map(({ name }) => name), ...Object.keys(personFlags), 'help', 'version']
  const odd = Object.keys(values).find(name => !names.includes(name))
  if (odd !== undefined) throw new OptionError('', describeUnknown(`--${odd}`, names.map(name => `--${name}`)))
  for (const token of tokens) if (token.kind === 'option') refuseTaken(token)
  const given = Object.fromEntries(
    flags.flatMap(flag => {
      const value = values[flag.name]
      return value === undefined ? [] : [[flag.option, toValue(flag, value as string | boolean, `--${flag.name}`)]]
    }),
  )
  return { given, command: readCommand(positionals, values) }
}

const readVariables = (env: NodeJS.ProcessEnv): Given => {
  const known = flags.map(toVariable)
  for (const name of Object.keys(env)) {
    if (!name.startsWith('SOJOURN_') || known.includes(name)) continue
    // Others may have variables of that prefix; only what looks like one of ours is a mistake.
    const meant = nearest(name.slice('SOJOURN_'.length), known.map(each => each.slice('SOJOURN_'.length)))
    if (meant) throw new OptionError('', `the environment variable ${name} is unknown; did you mean SOJOURN_${meant}?`)
  }
  return Object.fromEntries(
    flags.flatMap(flag => {
      const value = env[toVariable(flag)]
      return value === undefined || value === '' ? [] : [[flag.option, toValue(flag, value, toVariable(flag))]]
    }),
  )
}

const parseConfig = (file: string): unknown => {
  try {
    // Editors on Windows begin a file with a byte order mark.
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new OptionError(file, cause instanceof SyntaxError ? `is no JSON (${cause.message})` : 'cannot be read')
  }
}

/** Files that the configuration names are looked for beside it. */
const readConfig = (file: string): CollectorOptions => {
  const config = parseConfig(file)
  try {
    const options = checkOptions(config, '')
    const beside = (path: string): string => resolve(dirname(file), path)
    const { city, asn } = options.geolocation ?? {}
    return {
      ...options,
      ...(options.data !== undefined && { data: beside(options.data) }),
      ...(options.referrers !== undefined && { referrers: beside(options.referrers) }),
      geolocation: { ...(city && { city: beside(city) }), ...(asn && { asn: beside(asn) }) },
    }
  } catch (cause) {
    throw cause instanceof OptionError ? new OptionError(file, cause.message) : cause
  }
}

/**
 * Reads what the command line, the environment and the configuration file say.
 *
 * @throws OptionError for the first thing that is wrong, with a message for the person who started the collector
 */
export const readOptions = (args: string[], env: NodeJS.ProcessEnv): Invocation => {
  const { given, command } = readFlags(args)
  if (command.command === 'help' || command.command === 'version') return { ...command, options: {} }
  const { config, ...options } = { ...readVariables(env), ...given }
  const file = typeof config === 'string' ? config : usualConfig
  const hasFile = config !== undefined || statSync(file, { throwIfNoEntry: false }) !== undefined
  return { ...command, options: checkOptions({ ...(hasFile && readConfig(file)), ...options }, '') }
}
