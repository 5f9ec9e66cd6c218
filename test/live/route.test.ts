import { describe, expect, test } from 'vitest'
import { parseRoute, toHash, type Route } from '../../src/live/route.ts'

describe('a route', () => {
  test.each<Route>([{ view: 'live' }, { view: 'ended' }, { view: 'definitions' }, { view: 'session', id: 'a/b c%' }])('%j survives the address', route =>
    expect(parseRoute(toHash(route))).toEqual(route))

  test.each<[hash: string, route: Route]>([
    ['', { view: 'live' }],
    ['#', { view: 'live' }],
    ['#/sessions', { view: 'live' }],
    ['#/nowhere', { view: 'live' }],
    ['#/sessions/%E0%A4', { view: 'session', id: '%E0%A4' }],
  ])('is read from %j', (hash, route) => expect(parseRoute(hash)).toEqual(route))
})
