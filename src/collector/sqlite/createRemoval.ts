import type { Database } from 'better-sqlite3'
import type { Losses, SessionWriter } from '../sessionStore.ts'
import type { EventWriter } from './createEventWriter.ts'
import type { LiveRows } from './createLiveRows.ts'
import { toIdBlob } from './idBlob.ts'
import type { SiteIds } from './siteIds.ts'

/** Creates what removes rows, within a transaction. */
export const createRemoval = (db: Database, siteIds: SiteIds, { live, events }: { live: Pick<LiveRows, 'remove'>; events: Pick<EventWriter, 'remove'> }): Pick<SessionWriter, 'remove' | 'removeVisitor' | 'pruneTokens' | 'pruneLosses'> => {
  const deleteSession = db.prepare<[Buffer, number], { row: number; createdAt: number; shortId: string | null }>(
    'DELETE FROM sessions WHERE id = ? AND site_id = ? RETURNING row, created_at AS createdAt, short_id AS shortId',
  )
  const deleteHolding = db.prepare<[number, string, Buffer]>('DELETE FROM holdings WHERE site_id = ? AND short_id = ? AND session_id = ?')
  const deleteLosses = db.prepare<[Buffer, number], string>('DELETE FROM losses WHERE session_id = ? AND site_id = ? RETURNING lost').pluck()
  const deleteLossesOf = db.prepare<[number, Buffer], string>('DELETE FROM losses WHERE site_id = ? AND visitor_id = ? RETURNING lost').pluck()
  const deleteOldLosses = db.prepare<[number, number], string>('DELETE FROM losses WHERE site_id = ? AND told_at < ? RETURNING lost').pluck()
  const deleteTokens = db.prepare<[number]>('DELETE FROM tokens WHERE until <= ?')

  const parse = (lost: string): Losses => JSON.parse(lost) as Losses

  return {
    remove: (site, session) => {
      const siteId = siteIds.find(site)
      if (siteId === undefined) return []
      events.remove(siteId, session)
      const blob = toIdBlob(session)
      const deleted = deleteSession.get(blob, siteId)
      if (deleted) live.remove(deleted)
      if (deleted?.shortId) deleteHolding.run(siteId, deleted.shortId, blob)
      return deleteLosses.all(blob, siteId).map(parse)
    },

    removeVisitor: (site, visitor) => {
      const siteId = siteIds.find(site)
      return siteId === undefined ? [] : deleteLossesOf.all(siteId, toIdBlob(visitor)).map(parse)
    },

    pruneTokens: at => void deleteTokens.run(at),

    pruneLosses: ({ site, before }) => {
      const siteId = siteIds.find(site)
      return siteId === undefined ? [] : deleteOldLosses.all(siteId, before).map(parse)
    },
  }
}
