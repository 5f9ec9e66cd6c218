import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openGeolocation, toGeolocation } from '../../../src/collector/enrich/geolocation.ts'

describe('the country database that is built in', () => {
  const geolocate = openGeolocation()

  test.each([
    ['8.8.8.8', 'US', 'United States'],
    ['2001:4860:4860::8888', 'US', 'United States'],
    ['193.0.6.139', 'NL', 'Netherlands'],
    ['202.12.27.33', 'JP', 'Japan'],
  ])('knows that %s is in %s', (address, country, countryName) =>
    expect(geolocate(address)).toEqual({ geolocation: { country, countryName, source: 'ip-location-db' } }))

  test.each(['127.0.0.1', '10.1.2.3', '::1'])('knows nothing of %s', address => expect(geolocate(address)).toEqual({}))
})

describe('a record', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' })

  test('in the form of MaxMind and DB-IP becomes a place', () => {
    const record = {
      country: { iso_code: 'SE', names: { en: 'Sweden' } },
      city: { names: { en: 'Linköping' } },
      subdivisions: [{ iso_code: 'E', names: { en: 'Östergötland County' } }],
      location: { latitude: 58.4167, longitude: 15.6167, time_zone: 'Europe/Stockholm' },
      postal: { code: '582 22' },
    }
    expect(toGeolocation(record, 'GeoLite2-City', names)).toEqual({
      country: 'SE',
      countryName: 'Sweden',
      latitude: 58.4167,
      longitude: 15.6167,
      locality: 'Linköping',
      postalCode: '582 22',
      region: 'SE-E',
      regionName: 'Östergötland County',
      source: 'GeoLite2-City',
      timezone: 'Europe/Stockholm',
    })
  })

  test('in the flat form of ip-location-db becomes a place', () => {
    const record = { city: 'Berlin', country_code: 'DE', latitude: 52.5, longitude: 13.4, postcode: '', state1: 'Berlin', timezone: 'Europe/Berlin' }
    expect(toGeolocation(record, 'city', names)).toEqual({
      country: 'DE',
      countryName: 'Germany',
      latitude: 52.5,
      longitude: 13.4,
      locality: 'Berlin',
      regionName: 'Berlin',
      source: 'city',
      timezone: 'Europe/Berlin',
    })
  })
})

test.each([
  ['is not there', undefined],
  ['is something else', 'no database'],
])('a file that %s ends the start, and is named with its option', (_title, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-mmdb-'))
  const city = join(folder, 'city.mmdb')
  if (content !== undefined) writeFileSync(city, content)
  expect(() => openGeolocation({ asn: city })).toThrow(`geolocation.asn: ${city} is no database in MMDB format that can be read`)
  expect(() => openGeolocation({ city })).toThrow(`geolocation.city: ${city} is no database in MMDB format that can be read`)
  rmSync(folder, { recursive: true })
})
