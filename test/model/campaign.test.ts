import { describe, expect, test } from 'vitest'
import { clickIds, describeCampaign, limits, parseCampaign, type Campaign, type CampaignOptions, type ClickId } from '../../src/model/index.ts'

/** As the page reads it and the Session shows it. */
const parse = (query: string, options?: CampaignOptions): Campaign | undefined => {
  const campaign = parseCampaign(`https://shop.example.com/${query}`, options)
  return campaign && describeCampaign(campaign)
}

describe('tagged links', () => {
  test('fill the campaign by the usual parameters', () => {
    expect(parse('?utm_campaign=Spring&utm_source=newsletter&utm_medium=email&utm_term=shoes&utm_content=top')).toEqual({
      name: 'Spring',
      source: 'newsletter',
      medium: 'email',
      term: 'shoes',
      content: 'top',
    })
  })

  test.each<[string, string, Campaign | undefined]>([
    ['no parameter is no campaign', '?q=a', undefined],
    ['an empty one is none', '?utm_source=&utm_medium=%20', undefined],
    ['the case of a value is kept, that of a name matters', '?utm_source=NewsLetter&UTM_MEDIUM=email', { source: 'NewsLetter' }],
    ['of a repeated parameter the first counts', '?utm_source=a&utm_source=b', { source: 'a' }],
    ['values are decoded and trimmed', '?utm_campaign=spring+sale%20%21+', { name: 'spring sale !' }],
    ['of a repeated parameter the first that is not blank counts', '?utm_source=&utm_source=%20&utm_source=b&utm_source=c', { source: 'b' }],
    ['a parameter may be in the fragment', '#utm_source=a&utm_medium=b', { source: 'a', medium: 'b' }],
    ['or behind the route of an app', '#/shoes?utm_source=a', { source: 'a' }],
    ['or behind an anchor', '#reviews&utm_source=a', { source: 'a' }],
    ['the query stands before the fragment', '?utm_source=a#utm_source=b&utm_medium=c', { source: 'a', medium: 'c' }],
    ['a link written as in HTML counts', '?utm_source=a&amp;utm_medium=b', { source: 'a', medium: 'b' }],
    ['a question mark is part of a value', '?utm_content=why?&utm_source=a', { content: 'why?', source: 'a' }],
    ['what is no UTF-8 shows as such', '?utm_source=caf%E9', { source: 'caf\ufffd' }],
    ['a broken escape stays', '?utm_source=100%&utm_medium=%zz', { source: '100%', medium: '%zz' }],
    ['a value that looks like a name of an object is a value', '?utm_source=__proto__', { source: '__proto__' }],
  ])('%s', (_, query, campaign) => expect(parse(query)).toEqual(campaign))

  test('a value is no longer than the wire allows', () => {
    expect(parse(`?utm_source=${'x'.repeat(300)}`)).toEqual({ source: 'x'.repeat(limits.campaignValue) })
  })

  test('an address that is none has no campaign', () => expect(parseCampaign('/cart?utm_source=a')).toBeUndefined())
})

describe('own parameters', () => {
  test('stand before the usual ones, the first that is there counts', () => {
    const parameters = { source: ['src', 'from'], name: 'c' }
    expect(parse('?from=a&utm_source=b&utm_campaign=d', { parameters })).toEqual({ source: 'a', name: 'd' })
    expect(parse('?src=x&from=a&c=e&utm_campaign=d', { parameters })).toEqual({ source: 'x', name: 'e' })
  })

  test('can stand behind the usual ones', () => {
    expect(parse('?src=a&utm_source=b', { parameters: { source: ['utm_source', 'src'] } })).toEqual({ source: 'b' })
  })

  test('can replace the usual ones', () => {
    const options = { utm: false, parameters: { source: 'src', medium: ['m', 'utm_medium'] } }
    expect(parse('?utm_source=b&utm_medium=c&utm_campaign=d', options)).toEqual({ medium: 'c' })
    expect(parse('?src=a&utm_source=b', options)).toEqual({ source: 'a' })
  })

  test('can fill every field', () => {
    const fields = ['name', 'source', 'medium', 'term', 'content', 'clickId', 'network'] as const
    const parameters = Object.fromEntries(fields.map(field => [field, `my_${field}`]))
    const query = fields.map(field => `my_${field}=${field}`).join('&')
    expect(parse(`?${query}`, { parameters })).toEqual(Object.fromEntries(fields.map(field => [field, field])))
  })

  test('that are blank leave the field to the usual ones', () => {
    expect(parse('?src=&utm_source=b', { parameters: { source: 'src' } })).toEqual({ source: 'b' })
  })
})

describe('click identifiers', () => {
  const expected: [parameter: string, ad: ClickId][] = [
    ['gclid', { network: 'google', source: 'google', medium: 'cpc' }],
    ['gbraid', { network: 'google', source: 'google', medium: 'cpc' }],
    ['wbraid', { network: 'google', source: 'google', medium: 'cpc' }],
    ['dclid', { network: 'google', source: 'google', medium: 'display' }],
    ['gad_source', { network: 'google', source: 'google', medium: 'cpc' }],
    ['fbclid', { network: 'facebook', source: 'facebook', medium: 'social' }],
    ['msclkid', { network: 'microsoft', source: 'bing', medium: 'cpc' }],
    ['ttclid', { network: 'tiktok', source: 'tiktok', medium: 'paid_social' }],
    ['twclid', { network: 'x', source: 'x', medium: 'paid_social' }],
    ['li_fat_id', { network: 'linkedin', source: 'linkedin', medium: 'paid_social' }],
    ['rdt_cid', { network: 'reddit', source: 'reddit', medium: 'paid_social' }],
    ['epik', { network: 'pinterest', source: 'pinterest', medium: 'paid_social' }],
    ['ScCid', { network: 'snapchat', source: 'snapchat', medium: 'paid_social' }],
    ['irclid', { network: 'impact', source: 'impact', medium: 'affiliate' }],
    ['mc_eid', { network: 'mailchimp', source: 'mailchimp', medium: 'email' }],
    ['igshid', { network: 'instagram', source: 'instagram', medium: 'social' }],
    ['yclid', { network: 'yandex', source: 'yandex', medium: 'cpc' }],
    ['_kx', { network: 'klaviyo', source: 'klaviyo', medium: 'email' }],
    ['ko_click_id', { network: 'kochava', source: 'kochava', medium: 'cpc' }],
  ]

  test.each(expected)('%s tells network, source and medium', (parameter, ad) => {
    expect(parse(`?${parameter}=abc`)).toEqual({ clickId: 'abc', ...ad })
  })

  test('are these and no others', () => expect(clickIds).toEqual(Object.fromEntries(expected)))

  test('leave a tagged link its own words', () => {
    expect(parse('?utm_source=partner&gclid=abc')).toEqual({ source: 'partner', medium: 'cpc', clickId: 'abc', network: 'google' })
    expect(parse('?utm_source=partner&utm_medium=banner&gclid=abc')).toEqual({ source: 'partner', medium: 'banner', clickId: 'abc', network: 'google' })
  })

  test('of several the more telling one counts', () => {
    expect(parse('?gad_source=1&gclid=abc')).toMatchObject({ clickId: 'abc' })
    expect(parse('?fbclid=f&gclid=g')).toMatchObject({ clickId: 'g', network: 'google' })
  })

  test('can be the site’s own', () => {
    const options = { clickIds: { pclid: { network: 'partnernet', source: 'partner', medium: 'cpc' }, bare: { network: 'barenet' } } }
    expect(parse('?pclid=1', options)).toEqual({ clickId: '1', network: 'partnernet', source: 'partner', medium: 'cpc' })
    expect(parse('?bare=1', options)).toEqual({ clickId: '1', network: 'barenet' })
  })

  test('can be described anew by the site', () => {
    expect(parse('?fbclid=1', { clickIds: { fbclid: { network: 'facebook', source: 'fb', medium: 'paid' } } })).toEqual({ clickId: '1', network: 'facebook', source: 'fb', medium: 'paid' })
  })

  test('are known to page and Session alike, in the order that counts', () => {
    const names = Object.keys(clickIds)
    const read = (some: string[]): string | undefined => parseCampaign(`https://shop.example.com/?${some.map(name => `${name}=1`).join('&')}`)?.clickIdParameter
    expect(names.map((_, i) => read(names.slice(i).toReversed()))).toEqual(names)
  })

  test.each(['unknown', 'constructor', '__proto__'])('that the network table does not know say nothing: %s', clickIdParameter =>
    expect(describeCampaign({ clickId: '1', clickIdParameter })).toEqual({ clickId: '1' }))

  test('that are blank are none', () => expect(parse('?gclid=')).toBeUndefined())
})
