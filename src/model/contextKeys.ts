import type { Known } from './criteria.ts'
import type { Session } from './session.ts'

/** What a context criterion may be about: paths into the Session. */
export const contextKeys = [
  'device.category',
  'device.type',
  'device.osFamily',
  'browser.family',
  'browser.lang',
  'browser.version',
  'mktCampaign.source',
  'mktCampaign.medium',
  'mktCampaign.name',
  'mktCampaign.term',
  'mktCampaign.content',
  'mktCampaign.clickId',
  'mktCampaign.network',
  'geolocation.countryName',
  'geolocation.locality',
  'geolocation.region',
  'geolocation.postalCode',
  'geolocation.country',
  'ipOrganization',
  'referrer.url',
  'referrer.medium',
  'referrer.hostname',
  'authenticated',
] as const

export type ContextKey = (typeof contextKeys)[number]

/** The part of a Session that those paths lead into. */
export type ContextSession = Pick<Session, 'device' | 'browser' | 'mktCampaign' | 'geolocation' | 'ipOrganization' | 'referrer' | 'authenticated'>

/** What stands in a session under a key. */
export const readContext = (session: ContextSession, key: ContextKey): Known => {
  const value = key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], session)
  return value === undefined ? [] : [String(value)]
}
