import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Definitions } from '../../model/definition.ts'

/** Who said what the definitions are. */
export type DefinitionSource = 'configuration' | 'api'

/** Definitions of both kinds, each with where it comes from. */
export type KeptDefinitions = { [K in keyof Definitions]: { source: DefinitionSource; entities: Definitions[K] } }

/** Where definitions are kept. */
export interface DefinitionFile {
  read(): KeptDefinitions
  /** Returns when they are durable. @throws when they cannot be written; those from before are still there then */
  write(definitions: KeptDefinitions): void
}

/** Version of the file's shape. */
const shape = 1

const none: KeptDefinitions = { segments: { source: 'configuration', entities: [] }, outcomes: { source: 'configuration', entities: [] } }

const toUnreadable = (path: string, cause?: unknown): Error => {
  const advice = 'Put it back from a backup, or move it away: the definitions of the configuration hold then.'
  return new Error(`${path} cannot be read as definitions of segments and outcomes. ${advice}`, { cause })
}

const parse = (path: string): Partial<KeptDefinitions> & { v?: unknown } => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<KeptDefinitions> & { v?: unknown }
  } catch (cause) {
    throw toUnreadable(path, cause)
  }
}

const hasList = <T extends { entities: unknown }>(kept: T | undefined): kept is T => Array.isArray(kept?.entities)

/** The old file or the new one is there, whatever happens: the new one takes its name when it is on the disk. */
const replace = (path: string, text: string): void => {
  const draft = `${path}.new`
  writeFileSync(draft, text)
  const handle = openSync(draft, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(draft, path)
}

/** Definitions in a file of the data folder, for people to read, too. */
export const openDefinitionFile = (folder: string): DefinitionFile => {
  const path = join(folder, 'definitions.json')
  return {
    read: () => {
      if (!existsSync(path)) return none
      const kept = parse(path)
      if (typeof kept !== 'object' || kept === null) throw toUnreadable(path)
      const { v, segments, outcomes } = kept
      if (v !== shape) throw new Error(`${path} was written by another version of Sojourn. Start that version, or move the file away.`)
      if (!hasList(segments) || !hasList(outcomes)) throw toUnreadable(path)
      return { segments, outcomes }
    },
    write: definitions => {
      const text = `${JSON.stringify({ v: shape, ...definitions }, null, 2)}\n`
      if (!existsSync(path) || readFileSync(path, 'utf8') !== text) replace(path, text)
    },
  }
}

/** Definitions that are gone with the process: for tests, and for trying things out. */
export const createMemoryDefinitionFile = (): DefinitionFile => {
  let kept = none
  return {
    read: () => kept,
    write: definitions => {
      kept = definitions
    },
  }
}
