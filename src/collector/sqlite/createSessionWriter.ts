import type { Database } from 'better-sqlite3'
import type { SessionRules } from '../../model/event.ts'
import type { Losses, SessionWriter } from '../sessionStore.ts'
import { createCampaignWriter } from './createCampaignWriter.ts'
import type { EventReader } from './createEventReader.ts'
import { createEventWriter } from './createEventWriter.ts'
import { createLiveRows, type LiveRow } from './createLiveRows.ts'
import { createRemoval } from './createRemoval.ts'
import { toIdBlob, toIdText } from './idBlob.ts'
import { createToStoredSession, toSessionRow, type SessionRow } from './sessionRow.ts'
import type { SiteIds } from './siteIds.ts'

type Key = { id: Buffer; siteId: number }

const insertSql = `
  INSERT INTO sessions (id, site_id, created_at, idle_at, away_at, ends_at, short_id, customer_id, visitor_id, lasts_until, is_touch, body)
  VALUES (@id, @siteId, @createdAt, @idleAt, @awayAt, @endsAt, @shortId, @customerId, @visitorId, @lastsUntil, @isTouch, @body)
  ON CONFLICT (id, site_id) DO UPDATE SET created_at = excluded.created_at, idle_at = excluded.idle_at, away_at = excluded.away_at,
    ends_at = excluded.ends_at, short_id = excluded.short_id, customer_id = excluded.customer_id, visitor_id = excluded.visitor_id,
    lasts_until = excluded.lasts_until, is_touch = excluded.is_touch, body = excluded.body
  RETURNING row`

/** An index is written when one of its columns is named, changed or not: so only those that change with every event are. */
const updateSql = `
  UPDATE sessions SET idle_at = @idleAt, away_at = @awayAt, ends_at = @endsAt, body = @body
  WHERE id = @id AND site_id = @siteId
    AND created_at = @createdAt AND short_id IS @shortId AND customer_id IS @customerId AND visitor_id IS @visitorId AND lasts_until IS @lastsUntil
    AND is_touch = @isTouch
  RETURNING row`

export interface SessionWriterOptions {
  siteIds: SiteIds
  reader: Pick<EventReader, 'all'>
  /** Waiting times of a site. */
  rulesOf(site: string): Partial<SessionRules> | undefined
}

/** Creates what writes to the tables, within a transaction: what happens at its end, and what where it was not committed. */
export const createSessionWriter = (db: Database, { siteIds, reader, rulesOf }: SessionWriterOptions): { writer: SessionWriter; end(): void; forget(): void } => {
  const select = db.prepare<[Buffer, number], string>('SELECT body FROM sessions WHERE id = ? AND site_id = ?').pluck()
  const insert = db.prepare<[SessionRow & Key], number>(insertSql).pluck()
  const update = db.prepare<[SessionRow & Key], number>(updateSql).pluck()
  const selectPlace = db.prepare<[Buffer, number], Pick<LiveRow, 'createdAt' | 'row'>>('SELECT row, created_at AS createdAt FROM sessions WHERE id = ? AND site_id = ?')
  const toStoredSession = createToStoredSession(db.name)
  const live = createLiveRows(db)
  const events = createEventWriter(db)
  const selectHolder = db.prepare<[number, string, number], Buffer>('SELECT session_id FROM holdings WHERE site_id = ? AND short_id = ? AND until > ?').pluck()
  const replaceHolding = db.prepare<[number, string, Buffer, number]>(
    'INSERT OR REPLACE INTO holdings (site_id, short_id, session_id, until) VALUES (?, ?, ?, ?)',
  )
  const deleteLosses = db.prepare<[Buffer, number, Buffer], string>('DELETE FROM losses WHERE session_id = ? AND site_id = ? AND visitor_id = ? RETURNING lost').pluck()
  const insertLosses = db.prepare<[Buffer, number, Buffer, string, number]>('INSERT INTO losses (session_id, site_id, visitor_id, lost, told_at) VALUES (?, ?, ?, ?, ?)')
  const addToCount = db.prepare<[number, string, number]>(
    'INSERT INTO counts (site_id, name, count) VALUES (?, ?, ?) ON CONFLICT (site_id, name) DO UPDATE SET count = count + excluded.count',
  )

  const claimToken = db.prepare<[number, string, string, number], string>(
    `INSERT INTO tokens (site_id, token, holder, until) VALUES (?, ?, ?, ?)
     ON CONFLICT (site_id, token) DO UPDATE SET holder = holder RETURNING holder`,
  ).pluck()

  const writer: SessionWriter = {
    load: (site, id) => {
      const siteId = siteIds.find(site)
      const body = siteId === undefined ? undefined : select.get(toIdBlob(id), siteId)
      return body === undefined ? undefined : toStoredSession(site, body)
    },

    save: session => {
      const row = { id: toIdBlob(session.state.id), siteId: siteIds.add(session.site), ...toSessionRow(session, rulesOf(session.site)) }
      const known = update.get(row)
      if (known !== undefined) return live.save({ row: known, ...row }, false)
      const before = selectPlace.get(row.id, row.siteId)
      // An event that came late may have moved its beginning.
      if (before) live.remove(before)
      live.save({ row: insert.get(row)!, ...row }, !before)
    },

    addEvent: (site, event, position) => events.add(siteIds.add(site), event, position),

    ...createRemoval(db, siteIds, { live, events }),

    eventsOf: (site, session) => {
      const siteId = siteIds.find(site)
      events.flush()
      return siteId === undefined ? [] : reader.all(siteId, toIdBlob(session))
    },

    holderOf: (site, shortId, at) => {
      const siteId = siteIds.find(site)
      const holder = siteId === undefined ? undefined : selectHolder.get(siteId, shortId, at)
      return holder && toIdText(holder)
    },

    claimToken: ({ site, token, holder, until }) => claimToken.get(siteIds.add(site), token, holder, until)!,

    takeLosses: (site, session, visitor) => {
      const lost = deleteLosses.get(toIdBlob(session), siteIds.add(site), toIdBlob(visitor))
      return lost === undefined ? undefined : (JSON.parse(lost) as Losses)
    },

    keepLosses: ({ site, session, visitor, lost, at }) => void insertLosses.run(toIdBlob(session), siteIds.add(site), toIdBlob(visitor), JSON.stringify(lost), at),

    addCampaign: createCampaignWriter(db, siteIds),

    addCount: (site, count, difference) => void addToCount.run(siteIds.add(site), count, difference),

    hold: ({ site, shortId, session, until }) => void replaceHolding.run(siteIds.add(site), shortId, toIdBlob(session), until),
  }
  return { writer, end: events.end, forget: events.forget }
}
