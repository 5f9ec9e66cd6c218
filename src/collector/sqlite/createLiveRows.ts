import type { Database } from 'better-sqlite3'

/** What a row of `live` says of a session. */
export interface LiveRow {
  /** The session's row. */
  row: number
  siteId: number
  createdAt: number
  idleAt: number
  awayAt: number
  /** 0 for a session that was ended. */
  endsAt: number
}

/** Rows that are written for new sessions before those that are over are removed: so there are never many more than sessions live. */
const usualPatience = 10_000

/** Milliseconds that a row stays after its session's end: a clock may be set back by so much before lists lack anything. */
const linger = 3_600_000

/**
 * Creates what writes the table of live sessions, within a transaction. It knows no clock: nobody asks who was live long before the newest
 * session began.
 *
 * @param patience new rows between two looks at what is over
 */
export const createLiveRows = (db: Database, patience = usualPatience) => {
  const replace = db.prepare<[LiveRow]>(
    'INSERT OR REPLACE INTO live (created_at, row, site_id, ends_at, away_at, idle_at) VALUES (@createdAt, @row, @siteId, @endsAt, @awayAt, @idleAt)',
  )
  const remove = db.prepare<[number, number]>('DELETE FROM live WHERE created_at = ? AND row = ?')
  const prune = db.prepare<[number]>('DELETE FROM live WHERE ends_at <= ?')
  let newest = 0
  let added = 0

  return {
    save: (live: LiveRow, isNew: boolean): void => {
      if (live.endsAt) replace.run(live)
      else remove.run(live.createdAt, live.row)
      newest = Math.max(newest, live.createdAt)
      added += Number(isNew)
      if (added < patience) return
      added = 0
      prune.run(newest - linger)
    },

    remove: ({ createdAt, row }: Pick<LiveRow, 'createdAt' | 'row'>): void => void remove.run(createdAt, row),
  }
}

export type LiveRows = ReturnType<typeof createLiveRows>
