import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Reader } from 'mmdb-lib'
import type { JourneyGeolocation } from '../../model/session.ts'
import { OptionError } from '../settings/check.ts'
import { createLookup } from './createLookup.ts'

/** Files in MMDB format beside the country database that is built in. */
export interface GeolocationFiles {
  city?: string
  asn?: string
}

/** What an address tells. */
export interface Whereabouts {
  geolocation?: JourneyGeolocation
  ipOrganization?: string
}

export type Geolocate = (address: string) => Whereabouts

/** Country by address, from the registries' own records (NRO, CC BY 4.0), compiled by ip-location-db (CC0). */
const countryFile = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

type Names = { en?: string }

/** A record, as MaxMind and DB-IP write it (nested) or ip-location-db (flat). */
interface PlaceRecord {
  country?: { iso_code?: string; names?: Names }
  city?: { names?: Names } | string
  subdivisions?: { iso_code?: string; names?: Names }[]
  location?: { latitude?: number; longitude?: number; time_zone?: string }
  postal?: { code?: string }
  country_code?: string
  state1?: string
  latitude?: number
  longitude?: number
  postcode?: string
  timezone?: string
}

interface OrganizationRecord {
  autonomous_system_organization?: string
  organization?: string
}

/** Only the fields that have a value. */
const compact = (place: { [K in keyof JourneyGeolocation]: JourneyGeolocation[K] | undefined }): JourneyGeolocation =>
  Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined && value !== ''))

const toCountryName = (names: Intl.DisplayNames, country: string | undefined): string | undefined => (country ? names.of(country) : undefined)

/** Reads a record of either form. */
export const toGeolocation = (record: PlaceRecord, source: string, names: Intl.DisplayNames): JourneyGeolocation => {
  const [subdivision] = record.subdivisions ?? []
  const country = record.country?.iso_code ?? record.country_code
  return compact({
    country,
    countryName: record.country?.names?.en ?? toCountryName(names, country),
    latitude: record.location?.latitude ?? record.latitude,
    longitude: record.location?.longitude ?? record.longitude,
    locality: typeof record.city === 'string' ? record.city : record.city?.names?.en,
    postalCode: record.postal?.code ?? record.postcode,
    region: country && subdivision?.iso_code ? `${country}-${subdivision.iso_code}` : undefined,
    regionName: subdivision?.names?.en ?? record.state1,
    source,
    timezone: record.location?.time_zone ?? record.timezone,
  })
}

/**
 * Opens the databases and returns the look-up. Results are kept for the addresses seen last.
 *
 * @throws OptionError when a file cannot be read or is no MMDB file; it names the option and the file
 */
export const openGeolocation = ({ city, asn }: GeolocationFiles = {}): Geolocate => {
  const builtIn = createRequire(import.meta.url).resolve(countryFile)
  const places = [...(city ? [openDatabase<PlaceRecord>('geolocation.city', city)] : []), openDatabase<PlaceRecord>('', builtIn, 'ip-location-db')]
  const organizations = asn ? openDatabase<OrganizationRecord>('geolocation.asn', asn) : undefined
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return createLookup((address: string): Whereabouts => {
    const found = places.map(({ get, source }) => ({ record: get(address), source })).find(({ record }) => record)
    const organization = organizations?.get(address)
    const ipOrganization = organization?.autonomous_system_organization ?? organization?.organization
    return {
      ...(found?.record && { geolocation: toGeolocation(found.record, found.source, names) }),
      ...(ipOrganization && { ipOrganization }),
    }
  })
}

const openDatabase = <T extends object>(option: string, file: string, source?: string): { get(address: string): T | null; source: string } => {
  try {
    const reader = new Reader<never>(readFileSync(file))
    return { get: address => reader.get(address), source: source ?? reader.metadata.databaseType }
  } catch (cause) {
    throw new OptionError(option, `${file} is no database in MMDB format that can be read`, { cause })
  }
}
