import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RemovedDocument } from '../conversations/documentStore.ts'
import type { EraseCounts } from './eraseInSteps.ts'
import type { Belongings, Person } from './person.ts'

/** An erasure as it is kept. While it is under way it says who is meant; afterwards only that it has taken place. */
export interface ErasureRecord {
  id: string
  /** ISO 8601. */
  createdDate: string
  /** Present when it is over. */
  endedDate?: string
  erased?: EraseCounts
  /** Stand for the sessions of which nothing is to be kept any more, see `toDigest`. */
  digests: string[]
  /** Who is meant; gone when it is over. */
  person?: Person
  /** What belongs to them, as soon as that is known; gone when it is over. */
  belongings?: Belongings
  /** Where the log ended when that was found out; gone when it is over. */
  until?: number
  /** Documents that belong to them; gone when it is over. */
  documents?: RemovedDocument[]
}

/** Where erasures are kept. */
export interface ErasureFile {
  /** All of them, in no particular order. */
  read(): ErasureRecord[]
  /** Returns when it is durable. Takes the place of what was written of that id. */
  write(record: ErasureRecord): void
  remove(id: string): void
}

const shape = 1

const isDate = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value))

const isWhole = ({ id, createdDate, endedDate, digests, person }: Partial<ErasureRecord>): boolean =>
  typeof id === 'string' && isDate(createdDate) && Array.isArray(digests) && (typeof person?.id === 'string' || isDate(endedDate))

const parse = (path: string): ErasureRecord => {
  try {
    const { v, ...record } = JSON.parse(readFileSync(path, 'utf8')) as ErasureRecord & { v: unknown }
    if (v !== shape) throw new Error('it was written by another version of Sojourn')
    if (!isWhole(record)) throw new Error('a part of it is missing')
    return record
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${path} cannot be read as an erasure (${problem}). Put it back from a backup, or move it away and erase again.`, { cause })
  }
}

/** Erasures in a folder of the data folder, one file each: that a file is gone, or was replaced, is all that needs to be durable. */
export const openErasureFile = (data: string): ErasureFile => {
  const folder = join(data, 'erasures')
  const pathOf = (id: string): string => join(folder, `${id}.json`)
  mkdirSync(folder, { recursive: true })
  // A draft is there when the process ended before it took its name. It names somebody, and nothing follows from it.
  for (const name of readdirSync(folder)) if (name.endsWith('.new')) rmSync(join(folder, name))
  return {
    read: () =>
      readdirSync(folder)
        .filter(name => name.endsWith('.json'))
        .map(name => parse(join(folder, name))),
    write: record => {
      const draft = `${pathOf(record.id)}.new`
      try {
        writeFileSync(draft, `${JSON.stringify({ v: shape, ...record }, null, 2)}\n`)
        const handle = openSync(draft, 'r+')
        fsyncSync(handle)
        closeSync(handle)
        renameSync(draft, pathOf(record.id))
      } catch (cause) {
        rmSync(draft, { force: true })
        throw cause
      }
    },
    remove: id => rmSync(pathOf(id), { force: true }),
  }
}

/** Erasures that are gone with the process: for tests, and for trying things out. */
export const createMemoryErasureFile = (): ErasureFile => {
  const records = new Map<string, ErasureRecord>()
  return {
    read: () => structuredClone([...records.values()]),
    write: record => void records.set(record.id, structuredClone(record)),
    remove: id => void records.delete(id),
  }
}
