import { describe, expect, test } from 'vitest'
import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import type { Referrer } from '../../src/model/referrer.ts'
import { readReference, type ReferenceSite } from './readReference.ts'

const nameReferrer = createReferrerNames()

const open = (address: string): Referrer => {
  const referrer = address.startsWith('android-app') ? address.replace(/^android-app\/*/, 'android-app://') : `https://${address}`
  return nameReferrer({ start: { type: 'web', index: 1, referrer } }, { origins: [] })!
}

/** A name without what does not tell names apart: case, accents, marks, and the top level domain. */
const plain = (name = ''): string =>
  name
    .toLowerCase()
    .replace(/\.(com|de|pl|ch)$/, '')
    .normalize('NFD')
    .replaceAll('ø', 'o')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Names of the sites of which one address at least is taken for something else. */
const miss = (sites: ReferenceSite[], isRight: (referrer: Referrer, site: ReferenceSite) => boolean): string[] =>
  sites.filter(site => !site.addresses.length || !site.addresses.every(address => isRight(open(address), site))).map(({ name }) => name)

interface Missed {
  medium: Record<string, string>
  name: Record<string, string>
}

const other = 'sold under the name of a provider, browser or toolbar, which is the name a marketer knows'
const dubious = 'one of its addresses is a page that does not search, or was a toolbar that redirected searches'

const missed: Record<keyof ReturnType<typeof readReference>, Missed> = {
  searchEngines: {
    medium: {
      'Facebook': 'is a social network, also for who searches there',
      'Google': dubious,
      'Yahoo!': dubious,
      'Yahoo! Japan': dubious,
    },
    name: {
      'Compuserve.com (Enhanced by Google)': 'is called CompuServe',
      'DasOertliche': 'is written Das Örtliche',
      'EpicSearch.in': 'is called Epic Search',
      'Google': other,
      'Ilse NL': 'is called Ilse',
      'La Toile Du Québec (Google)': 'is called La Toile du Québec',
      'Startpagina (Google)': 'is called Startpagina',
      'uol.com.br': 'is called UOL',
      'URL.ORGanzier': 'is called URL.ORGanizer',
      'Yahoo!': other,
      'Yahoo! Japan': other,
      '묻지마 검색': 'is listed by its address, which everybody can read',
    },
  },
  socialNetworks: {
    medium: { 'Windows Live Spaces': 'ended in 2011; its address is where all of Microsoft signs in' },
    name: {
      'Haboo': 'is called Habbo',
      'Ozone': 'is called Qzone',
      'Twitcast': 'is called TwitCasting',
      'Vkontakte': 'is called VK today',
      'Windows Live Spaces': 'see its medium',
    },
  },
  assistants: { medium: {}, name: {} },
}

const kinds = [
  { kind: 'searchEngines', count: 297, medium: 'search' },
  { kind: 'socialNetworks', count: 91, medium: 'social' },
  { kind: 'assistants', count: 19, medium: 'search' },
] as const

describe.each(kinds)('$kind of the reference list', ({ kind, count, medium }) => {
  const sites = readReference()[kind]

  test('are all read', () => {
    expect(sites).toHaveLength(count)
    expect(sites.filter(({ addresses }) => !addresses.length)).toEqual([])
  })

  test('get the right medium, 95 % at least, but for those that are known', () => {
    const wrong = miss(sites, referrer => referrer.medium === medium)
    expect(wrong.toSorted()).toEqual(Object.keys(missed[kind].medium).toSorted())
    expect(1 - wrong.length / count).toBeGreaterThanOrEqual(0.95)
  })

  test('get the right name, 90 % at least, but for those that are known', () => {
    const wrong = miss(sites, (referrer, { name }) => plain(referrer.name) === plain(name))
    expect(wrong.toSorted()).toEqual(Object.keys(missed[kind].name).toSorted())
    expect(1 - wrong.length / count).toBeGreaterThanOrEqual(0.9)
  })
})
