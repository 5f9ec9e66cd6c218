import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/** What a database file is for, and how its tables come to be. */
export interface Schema {
  /** Says to people what is in the file. */
  name: string
  /** Stored in the file's header (`PRAGMA application_id`): a file with another one is not ours. */
  applicationId: number
  /** Statements that lead from each version of the tables to the next; the first ones make them. Never changed, only added to. */
  migrations: readonly string[]
  /** What to do when the file is of no use. */
  advice: string
  /** Bytes of a page of a new file, a power of two; a file that is there keeps its own. Default 4096, which is SQLite's. */
  pageSize?: number
}

export interface DatabaseOptions {
  file: string
  schema: Schema
  /** Look for damage, in a file that is small enough for that at a start. Default: no. */
  check?: boolean
  /** Milliseconds to wait for another connection that is writing, once the file is open. Default 5000. */
  lockTimeout?: number
  /** Others of this program have the file open: where it is not, it was moved, and a new one would take what belongs into it. Default: no. */
  isOpen?: boolean
}

/** A database file that cannot be used; the message names it and says what to do. */
export class DatabaseError extends Error {
  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file} ${problem}`, { cause })
    this.name = 'DatabaseError'
  }
}

const usualLockTimeout = 5000

/** Bytes of a file that is read through at a start: some tenths of a second. Damage in a larger one shows where it is read. */
const mostChecked = 64 * 1024 * 1024

/** Bytes in the write-ahead log before they are copied into the file: so many that it is seldom done. */
const checkpointSize = 16 * 1024 * 1024

/** Kibibytes of pages kept in memory. */
const cacheSize = 32 * 1024

const readVersion = (db: Database.Database): number => db.pragma('user_version', { simple: true }) as number

/** Refuses what is not ours before anything is written to it. */
const refuseForeign = (db: Database.Database, { file, schema }: DatabaseOptions): void => {
  const { applicationId, migrations, name, advice } = schema
  const found = db.pragma('application_id', { simple: true })
  const isEmpty = db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0
  if (found !== applicationId && !(isEmpty && found === 0)) throw new DatabaseError(file, `is a database, but not ${name}. ${advice}`)
  const version = readVersion(db)
  if (version > migrations.length) {
    throw new DatabaseError(file, `was written by a newer version of Sojourn (tables ${version}, known here: ${migrations.length}). Start that version, or a newer one.`)
  }
}

const migrate = (db: Database.Database, { applicationId, migrations }: Schema): void => {
  if (readVersion(db) === migrations.length) return
  db.transaction(() => {
    // Asked again: another connection may have been faster.
    migrations.slice(readVersion(db)).forEach(statements => db.exec(statements))
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${migrations.length}`)
  }).immediate()
}

const findDamage = (db: Database.Database, { file, schema, check }: DatabaseOptions): void => {
  if (!check || statSync(file).size > mostChecked) return
  const found = db.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw new DatabaseError(file, `is damaged (${String(found)}). ${schema.advice}`)
}

const configure = (db: Database.Database, options: DatabaseOptions): void => {
  refuseForeign(db, options)
  findDamage(db, options)
  db.pragma(`cache_size = -${cacheSize}`)
  if (options.schema.pageSize) db.pragma(`page_size = ${options.schema.pageSize}`)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma(`wal_autocheckpoint = ${checkpointSize / (db.pragma('page_size', { simple: true }) as number)}`)
  migrate(db, options.schema)
  db.pragma(`busy_timeout = ${options.lockTimeout ?? usualLockTimeout}`)
}

const codeOf = (cause: Error): string => ('code' in cause ? String(cause.code) : '')

const isUnusable = (code: string): boolean => code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')

/** True for a failure because somebody else is writing. */
export const isLocked = (cause: unknown): boolean => cause instanceof Error && codeOf(cause).startsWith('SQLITE_BUSY')

/** Says what is wrong with a file and what to do, where it is the file that is wrong. */
export const explainFailure = (cause: unknown, { file, schema }: Pick<DatabaseOptions, 'file' | 'schema'>): unknown => {
  if (cause instanceof DatabaseError || !(cause instanceof Error)) return cause
  const code = codeOf(cause)
  if (isUnusable(code)) return new DatabaseError(file, `is damaged, or no database (${cause.message}). ${schema.advice}`, cause)
  if (isLocked(cause)) return new DatabaseError(file, `is in use by another program (${cause.message}). End that one first.`, cause)
  if (code === 'SQLITE_FULL') return new DatabaseError(file, `cannot grow (${cause.message}). Make room; it goes on by itself then.`, cause)
  if (code.startsWith('SQLITE_IOERR')) return new DatabaseError(file, `cannot be read or written (${cause.message}). Look after the disk, its quota and its limits.`, cause)
  return cause
}

const explainOpening = (cause: unknown, options: DatabaseOptions): unknown => {
  const explained = explainFailure(cause, options)
  if (explained instanceof DatabaseError || !(cause instanceof Error)) return explained
  return new DatabaseError(options.file, `cannot be opened (${cause.message}). Check that its folder is there and that this user may write to both.`, cause)
}

/**
 * Opens a database file, makes it and its folder when they are not there, and brings its tables up to date.
 *
 * What was committed is not always on the disk already: the newest commits may be lost with the power, never half of one. That
 * does for what can be made again; the event log sees to its own (`openWriteAheadLog`).
 *
 * @throws DatabaseError for a file that is damaged, foreign, newer than this program or cannot be opened
 */
export const openDatabase = (options: DatabaseOptions): Database.Database => {
  let db: Database.Database | undefined
  try {
    if (options.isOpen && !existsSync(options.file)) throw new DatabaseError(options.file, 'was moved or removed while it is in use. Put it back, or start the collector again.')
    if (!options.isOpen) mkdirSync(dirname(options.file), { recursive: true })
    db = new Database(options.file, { timeout: usualLockTimeout, fileMustExist: options.isOpen === true })
    configure(db, options)
    return db
  } catch (cause) {
    db?.close()
    throw explainOpening(cause, options)
  }
}
