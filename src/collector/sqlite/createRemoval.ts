import type { Database } from 'better-sqlite3'
import type { SessionWriter } from '../sessionStore.ts'
import type { EventWriter } from './createEventWriter.ts'
import type { LiveRows } from './createLiveRows.ts'
import { toIdBlob } from './idBlob.ts'
import type { SiteIds } from './siteIds.ts'

/** Creates what removes rows, within a transaction. */
export const createRemoval = (db: Database, siteIds: SiteIds, { live, events }: { live: Pick<LiveRows, 'remove'>; events: Pick<EventWriter, 'remove'> }): Pick<SessionWriter, 'remove' | 'removeVisitor' | 'pruneTokens'> => {
  const deleteSession = db.prepare<[Buffer, number], { row: number; createdAt: number; shortId: string | null }>(
    'DELETE FROM sessions WHERE id = ? AND site_id = ? RETURNING row, created_at AS createdAt, short_id AS shortId',
  )
  const deleteHolding = db.prepare<[number, string, Buffer]>('DELETE FROM holdings WHERE site_id = ? AND short_id = ? AND session_id = ?')
  const deleteLosses = db.prepare<[Buffer, number]>('DELETE FROM losses WHERE session_id = ? AND site_id = ?')
  const deleteLossesOf = db.prepare<[number, Buffer]>('DELETE FROM losses WHERE site_id = ? AND visitor_id = ?')
  const deleteTokens = db.prepare<[number]>('DELETE FROM tokens WHERE until <= ?')

  return {
    remove: (site, session) => {
      const siteId = siteIds.find(site)
      if (siteId === undefined) return
      events.remove(siteId, session)
      const blob = toIdBlob(session)
      const deleted = deleteSession.get(blob, siteId)
      if (deleted) live.remove(deleted)
      if (deleted?.shortId) deleteHolding.run(siteId, deleted.shortId, blob)
      deleteLosses.run(blob, siteId)
    },

    removeVisitor: (site, visitor) => {
      const siteId = siteIds.find(site)
      if (siteId !== undefined) deleteLossesOf.run(siteId, toIdBlob(visitor))
    },

    pruneTokens: at => void deleteTokens.run(at),
  }
}
