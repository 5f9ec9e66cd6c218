import type { Batch, Event, Pageview } from '../../src/model/index.ts'

/** A UUID of version 7 that ends in a number. */
export const idOf = (n: number): string => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Instant of the first event. */
export const start = Date.UTC(2026, 7, 1, 12)

export const visitorId = idOf(999)

/** The pageview that opens the session `idOf(session)`. */
export const opening = (session = 1, more: Partial<Pageview> = {}): Pageview => ({
  id: idOf(session),
  type: 'pageview',
  at: start,
  session: idOf(session),
  seq: 0,
  tab: 'tab-1',
  start: { type: 'web', index: 1 },
  page: { url: 'https://shop.example.com/', title: 'Shop' },
  ...more,
})

/** A batch with one good event, or the given ones. */
export const batchOf = (more: Partial<Batch> = {}, events: unknown[] = [opening()]): Batch => ({
  v: 1,
  site: 'shop',
  sentAt: start,
  visitor: { id: visitorId },
  library: { name: 'sojourn', version: '0.1.0' },
  context: {},
  ...more,
  events: events as Event[],
})
