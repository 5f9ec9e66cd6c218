import { describe, expect, test } from 'vitest'
import { checkOptions } from '../../../src/collector/settings/options.ts'

const site = { id: 'shop', origins: ['https://shop.example.com'] }
const check = (more: object) => checkOptions({ sites: [{ ...site, ...more }] }, '').sites![0]

test('a site says how its campaigns are read', () => {
  const more = {
    campaign: {
      parameters: { source: ['src', 'utm_source'], name: 'c' },
      utm: false,
      clickIds: { pclid: { network: 'partnernet', source: 'partner', medium: 'cpc' } },
      rules: [{ when: { host: '*.example.com', path: '/a/*', parameters: { partner: 'acme*' } }, set: { source: 'Acme' }, always: true }],
      lowercase: ['source', 'medium'],
    },
    excludedQueryParameters: ['token'],
    redactUrls: false,
  }
  expect(check(more)).toEqual({ ...site, ...more })
})

describe('what is wrong is named', () => {
  test.each<[campaign: unknown, problem: string]>([
    [[], 'sites[0].campaign: expected an object, got []'],
    [{ parameter: {} }, 'sites[0].campaign: parameter is unknown; did you mean parameters?'],
    [{ parameters: { sources: 'a' } }, 'sites[0].campaign.parameters: sources is unknown; did you mean source?'],
    [{ parameters: { source: 1 } }, 'sites[0].campaign.parameters.source: expected a list, got 1'],
    [{ parameters: { source: ['a', ''] } }, 'sites[0].campaign.parameters.source[1]: expected a text, got ""'],
    [{ clickIds: { pclid: {} } }, 'sites[0].campaign.clickIds.pclid.network: is missing'],
    [{ clickIds: 'pclid' }, 'sites[0].campaign.clickIds: expected an object'],
    [{ rules: [{ when: {}, set: {} }] }, 'sites[0].campaign.rules[0].when: expected host, path or parameters'],
    [{ rules: [{ when: { path: '/' } }] }, 'sites[0].campaign.rules[0].set: is missing'],
    [{ rules: [{ when: { path: '/' }, set: { source: '' } }] }, 'sites[0].campaign.rules[0].set.source: expected a text of at most 255 characters, got ""'],
    [{ lowercase: ['sauce'] }, 'sites[0].campaign.lowercase[0]: expected one of name, source, medium, term, content, clickId, network, got "sauce"'],
  ])('%j', (campaign, problem) => expect(() => check({ campaign })).toThrow(problem))
})
