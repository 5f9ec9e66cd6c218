import { describe, expect, test } from 'vitest'
import {
  browserName,
  countryName,
  deviceName,
  formatDate,
  formatDuration,
  formatSpan,
  formatTime,
  pathOf,
  visitorName,
} from '../../src/live/format.ts'

describe('a duration', () => {
  test.each([
    [0, '0:00'],
    [7999, '0:07'],
    [750_000, '12:30'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('%i ms reads %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text))
})

describe('a span', () => {
  test.each([
    [40_000, '40 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000 * 3.9, '3 h'],
    [86_400_000 * 2, '2 d'],
    [-1, '0 s'],
  ])('%i ms reads %s', (milliseconds, text) => expect(formatSpan(milliseconds)).toBe(text))
})

describe('a date', () => {
  test('that is none is shown as it is', () => expect(formatDate('<b>soon</b>')).toBe('<b>soon</b>'))
  test('that is none has no time of day', () => expect(formatTime(NaN)).toBe(''))
  test('names year and minute', () => expect(formatDate('2026-03-01T12:34:56.000Z')).toMatch(/2026.*34.*56/))
})

describe('a country', () => {
  test.each([
    [{ country: 'DE' }, /^(Germany|Deutschland)$/],
    [{ country: 'ZZ', countryName: 'Nowhere' }, /./],
    [{ country: '<img>', countryName: 'Nowhere' }, /^Nowhere$/],
    [{ country: '<img>' }, /^<img>$/],
    [{ countryName: 'Nowhere' }, /^Nowhere$/],
    [undefined, /^$/],
  ])('%j is named, whatever stands there', (place, name) => expect(countryName(place)).toMatch(name))
})

describe('names', () => {
  const browser = { family: 'Firefox', version: '140.0.2', featuresFlash: false, featuresJava: false, featuresPdf: true, featuresWebrtc: true }
  const device = { category: 'mobile', type: 'mobile', isMobile: true, osFamily: 'Android', osVersion: '16' } as const

  test('a visitor goes by the short id, else by the end of the id', () => {
    expect(visitorName({ id: '019c0000-0000-7000-8000-000000abcdef', shortId: '4711' })).toBe('4711')
    expect(visitorName({ id: '019c0000-0000-7000-8000-000000abcdef' })).toBe('…abcdef')
  })
  test('a browser goes by family and major version', () => expect([browserName({ browser }), browserName({})]).toEqual(['Firefox 140', '']))
  test('a device goes by kind and system', () =>
    expect([deviceName({ device }), deviceName({ device: { ...device, category: 'other' } }), deviceName({})]).toEqual(['Mobile, Android', 'Android', '']))
  test('a path has its query and its fragment', () =>
    expect([pathOf({ pathname: '/a' }), pathOf({ pathname: '/a', queryString: 'q=1', fragment: 'top' })]).toEqual(['/a', '/a?q=1#top']))
})
