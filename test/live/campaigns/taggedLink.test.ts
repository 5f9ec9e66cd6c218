import { describe, expect, test } from 'vitest'
import { parameterOf, toBaseAddress, toTaggedLink, toTidyValue, type LinkFields } from '../../../src/live/campaigns/taggedLink.ts'
import { parseCampaign, type SiteCampaign } from '../../../src/model/index.ts'

const fields: LinkFields = { source: 'mail', medium: 'email', name: 'spring' }

describe('a tagged link', () => {
  test.each<[string, string, SiteCampaign?]>([
    ['https://shop.example.com', 'https://shop.example.com/?utm_source=mail&utm_medium=email&utm_campaign=spring'],
    ['shop.example.com/hats', 'https://shop.example.com/hats?utm_source=mail&utm_medium=email&utm_campaign=spring'],
    ['https://shop.example.com/?a=1#top', 'https://shop.example.com/?a=1&utm_source=mail&utm_medium=email&utm_campaign=spring#top'],
    ['https://shop.example.com/?utm_source=old', 'https://shop.example.com/?utm_source=mail&utm_medium=email&utm_campaign=spring'],
    ['https://shop.example.com/', 'https://shop.example.com/?src=mail&utm_medium=email&c=spring', { parameters: { source: ['src', 'utm_source'], name: 'c' } }],
    ['https://shop.example.com/', 'https://shop.example.com/?c=spring', { utm: false, parameters: { name: 'c' } }],
    [' ', ''],
    ['https://', ''],
  ])('of %s is %s', (address, expected, campaign) => expect(toTaggedLink(address, campaign ? { campaign } : {}, fields)).toBe(expected))

  test('is read back as it was written', () => {
    const written: LinkFields = { source: 'a & b', medium: 'p=q', name: 'größer #1', term: '100%', content: 'x+y' }
    expect(parseCampaign(toTaggedLink('https://shop.example.com/', undefined, written))).toEqual(written)
  })
})

test.each([
  ['Spring  Sale ', 'spring-sale'],
  ['news_letter', 'news_letter'],
])('%j is tidily written %j', (value, expected) => expect(toTidyValue(value)).toBe(expected))

test.each([
  ['shop', ['https://*.example.com', 'https://shop.example.com'], 'https://shop.example.com/'],
  ['shop', ['https://*.example.com'], ''],
  ['demo', ['http://localhost:*'], 'http://localhost:4800/demo/'],
])('links of %s with %j lead to %j if nothing else is said', (id, origins, expected) => expect(toBaseAddress({ id, origins }, 'http://localhost:4800')).toBe(expected))

test('a site that reads no such field has no parameter for it', () => expect(parameterOf({ campaign: { utm: false } }, 'source')).toBeUndefined())
