import { setFlagsFromString } from 'node:v8'
import { expect, test } from 'vitest'
import { createServedSession, type ServedSession } from '../../../src/collector/reading/servedSession.ts'
import { reduceSession, type Browser, type Session } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'

const referrer = 'https://www.example.org/'

const facts = { shortId: '0001', browser: { family: 'Chrome' } as Browser, ipAddress: '' }

const serve = createServedSession([{ id: 'shop', origins: [] }])

const serveAny = (n: number, more: object = {}): ServedSession => {
  const state = reduceSession(undefined, opening(n, { at: start + n, start: { type: 'web', index: n, referrer }, page: { url: `https://shop.example.com/${n}?size=${n}`, title: `Page ${n}` } }))
  return serve({ site: 'shop', state, facts: { ...facts, ...more }, duplicates: 0 }, start)
}

/** Whether the engine takes two objects for ones of the same shape. */
const haveSameShape = (): ((a: unknown, b: unknown) => boolean) => {
  setFlagsFromString('--allow-natives-syntax')
  return new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: unknown, b: unknown) => boolean
}

test('Sessions that have the same fields, and what is in them, share one shape: one of its own is what a garbage collection copies', () => {
  const isSame = haveSameShape()
  // What the engine knows of a place in the code it does not know at first.
  for (let n = 1; n <= 20; n++) serveAny(n)
  const [one, other] = [serveAny(1), serveAny(2)]
  expect([one, one.entryPage, one.lastPage, one.referrer].map((part, i) => isSame(part, [other, other.entryPage, other.lastPage, other.referrer][i]))).toEqual([true, true, true, true])
  expect(isSame(one, one.lastPage)).toBe(false)
})

test('a Session stands in the order of its model, then what the collector knows, its site and its path', () => {
  const names = Object.keys(serveAny(1))
  expect(names.slice(0, 3)).toEqual(['id', 'type', 'createdDate'])
  expect(names.slice(names.indexOf('referrer'))).toEqual(['referrer', 'shortId', 'browser', 'authenticated', 'site', 'selfUri'])
  expect(serveAny(1).selfUri).toBe(`/v1/sessions/${idOf(1)}`)
})

test('a referrer that the collector has named stands where the one would that the page has told', () => {
  const named: Session['referrer'] = { url: referrer, domain: 'example.org', hostname: 'www.example.org', pathname: '/', name: 'Example', medium: 'search' }
  const served = serveAny(1, { referrer: named })
  expect(served.referrer).toEqual(named)
  expect(Object.keys(served)).toEqual(Object.keys(serveAny(1)))
})
