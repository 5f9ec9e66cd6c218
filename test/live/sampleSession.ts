import type { LiveSession } from '../../src/live/liveSession.ts'

/** The beginning of all times in these tests: noon. */
export const noon = Date.parse('2026-03-01T12:00:00.000Z')

/** ISO date so many seconds after noon. */
export const toIso = (seconds: number): string => new Date(noon + seconds * 1000).toISOString()

/** A session that opened at noon: idle after a minute, away after five. */
export const sampleSession = (fields: Partial<LiveSession> = {}): LiveSession => ({
  id: '019c0000-0000-7000-8000-000000000001',
  type: 'web',
  createdDate: toIso(0),
  status: fields.endedDate ? 'ended' : 'active',
  eventCount: 1,
  pageviewCount: 1,
  screenviewCount: 0,
  lastEvent: { id: '019c0000-0000-7000-8000-000000000001', eventName: 'pageview', createdDate: toIso(0) },
  durationInSeconds: 0,
  engagement: { activeSeconds: 0, idleSeconds: 0, awaySeconds: 0 },
  idleDate: toIso(60),
  awayDate: toIso(300),
  authenticated: false,
  ...fields,
})

/** A page as a Session shows it. */
export const samplePage = (path: string, title: string): NonNullable<LiveSession['lastPage']> => ({
  url: `https://shop.example.com${path}`,
  domain: 'shop.example.com',
  hostname: 'shop.example.com',
  pathname: path,
  title,
  breadcrumb: [],
})
