import type { EventLog } from '../eventLog.ts'
import type { ProjectionMark, SessionStore } from '../sessionStore.ts'
import type { Site } from '../site.ts'
import { createEventReader } from './createEventReader.ts'
import { createSessionReader } from './createSqliteSessionReader.ts'
import { createSessionWriter } from './createSessionWriter.ts'
import { explainFailure, openDatabase } from './openDatabase.ts'
import { resetTables, sessionSchema } from './sessionSchema.ts'
import { createSiteIds } from './siteIds.ts'
import { truncateWriteAheadLog } from './truncateWriteAheadLog.ts'

export interface SqliteSessionStoreOptions {
  file: string
  /** Their waiting times decide the instants by which sessions are found as idle, away or ended. */
  sites: readonly Site[]
  /** What they are made of: it has their events. */
  log: Pick<EventLog, 'at'>
  /** Look for damage before it is used. Default: no. */
  check?: boolean
}

const isSame = (a: ProjectionMark | undefined, b: ProjectionMark | undefined): boolean =>
  a?.name === b?.name && a?.version === b?.version && a?.position === b?.position

/**
 * Opens the Sessions in a file for reading and writing. One connection may write, others may read.
 *
 * @throws DatabaseError when the file cannot be used
 */
export const createSqliteSessionStore = ({ file, sites, log, check = false }: SqliteSessionStoreOptions): SessionStore => {
  const db = openDatabase({ file, schema: sessionSchema, check })
  const siteIds = createSiteIds(db)
  const bySite = new Map(sites.map(site => [site.id, site]))
  const reader = createSessionReader(db, siteIds, log)
  const { writer, end, forget } = createSessionWriter(db, { siteIds, reader: createEventReader(db, log), rulesOf: site => bySite.get(site) })
  const saveMark = db.prepare<[ProjectionMark]>('INSERT OR REPLACE INTO mark (one, name, version, position) VALUES (1, @name, @version, @position)')
  const reset = db.transaction(() => db.exec(resetTables))
  const explain = (cause: unknown): unknown => explainFailure(cause, { file, schema: sessionSchema })
  let known = reader.mark()

  const write = db.transaction((mark: ProjectionMark, work: () => void) => {
    if (!isSame(reader.mark(), known)) throw new Error(`${file} was written by another program. Run one collector only on a data folder.`)
    work()
    end()
    saveMark.run(mark)
  })

  return {
    ...reader,

    transaction: (mark, work) => {
      try {
        write.immediate(mark, () => work(writer))
      } catch (cause) {
        siteIds.forget()
        forget()
        throw explain(cause)
      }
      known = mark
    },

    // Pages that were split or joined keep copies of what was moved from them: only a file that is written anew has none.
    scrub: () => {
      if (!truncateWriteAheadLog(db)) return false
      db.exec('VACUUM')
      return truncateWriteAheadLog(db)
    },

    clear: () => {
      try {
        reset.immediate()
      } catch (cause) {
        throw explain(cause)
      }
      known = undefined
      forget()
    },
  }
}
