import { expect, test } from 'vitest'
import { createAnswer } from '../../../src/collector/reading/createAnswer.ts'
import type { RecordedBatch } from '../../../src/collector/ingest/recorder.ts'
import type { StoredSession } from '../../../src/collector/sessionStore.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { idOf, opening, start, visitorId } from '../batches.ts'

const stored: StoredSession = {
  site: 'shop',
  state: reduceSession(undefined, opening(1, { start: { type: 'web', index: 1, referrer: 'https://www.example.org/a?q=1' } })),
  facts: {
    visitorId,
    shortId: '0042',
    ipAddress: '203.0.113.57',
    ipOrganization: 'Example Net',
    geolocation: { country: 'DE', countryName: 'Germany', locality: 'Berlin', latitude: 52.5 },
    externalUrl: 'https://crm.example.com',
  },
  duplicates: 0,
}

const recorded: RecordedBatch = { accepted: 1, duplicates: 0, rejected: [], site: 'shop', visitor: visitorId, session: idOf(1), wait: 0, position: 7 }

const onUnreadable = (): never => {
  throw new Error('not to be told here')
}

/** The answer, and all that was asked for it. */
const answer = async (session: StoredSession | undefined, more: Partial<RecordedBatch> = {}, patience?: () => number) => {
  const asked: unknown[] = []
  const projection = {
    wake: () => void asked.push('wake'),
    waitFor: async (position: number, ms: number) => {
      asked.push([position, ms])
      return true
    },
  }
  const get = (...question: unknown[]) => {
    asked.push(question)
    return session
  }
  const result = await createAnswer({ projection, sessions: { get }, patience, onUnreadable })({ ...recorded, ...more }, start)
  return { result, asked }
}

test('says what became of the events, of which the projection is told', async () => {
  const rejected = [{ id: idOf(2), reason: 'at: is missing' }]
  const { result, asked } = await answer(undefined, { rejected, duplicates: 3 })
  expect(result).toEqual({ accepted: 1, duplicates: 3, rejected })
  expect(asked).toEqual(['wake', [idOf(1), 'shop']])
})

test('waits for the session when the page asks for it', async () => {
  expect((await answer(undefined, { wait: 500 })).asked).toEqual(['wake', [7, 500], [idOf(1), 'shop']])
})

test('waits for what the events lead to as long as there is patience, and never for what is not in the log', async () => {
  expect((await answer(undefined, {}, () => 250)).asked).toContainEqual([7, 250])
  expect((await answer(undefined, { position: undefined, wait: 500 }, () => 250)).asked).toEqual(['wake', [idOf(1), 'shop']])
})

test('asks for no session where there was no event', async () => {
  const { result, asked } = await answer(stored, { accepted: 0, session: undefined })
  expect(result).toEqual({ accepted: 0, duplicates: 0, rejected: [] })
  expect(asked).toEqual(['wake'])
})

test('tells the page what it may know, and nothing else', async () => {
  const { result } = await answer(stored)
  expect(result.session).toEqual({
    id: idOf(1),
    shortId: '0042',
    geolocation: { country: 'DE', countryName: 'Germany' },
    referrer: {
      url: 'https://www.example.org/a?q=1',
      domain: 'example.org',
      hostname: 'www.example.org',
      pathname: '/a',
      queryString: 'q=1',
      medium: 'unknown',
    },
    authenticated: false,
  })
})

test('tells nobody else about a visitor', async () => {
  const { result } = await answer({ ...stored, facts: { ...stored.facts, visitorId: idOf(5) } })
  expect(result).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
})
