import { describe, expect, test } from 'vitest'
import { createCheckLanding, type CheckedLanding } from '../../../src/collector/campaigns/checkLanding.ts'
import { createReferrerNames } from '../../../src/collector/enrich/referrers/createReferrerNames.ts'
import type { Site } from '../../../src/collector/site.ts'
import type { SiteCampaign } from '../../../src/model/index.ts'
import { arrivals } from '../../landings/arrivals.ts'
import { clicks } from '../../landings/clicks.ts'
import { land } from '../../landings/land.ts'
import { tagged } from '../../landings/tagged.ts'

const shop: Site = { id: 'shop', origins: ['https://shop.example.com', 'https://*.shop.example.com'] }

const checkLanding = createCheckLanding(createReferrerNames())

const check = (path: string, { referrer, campaign, ...more }: Partial<Site> & { referrer?: string; campaign?: SiteCampaign } = {}): CheckedLanding =>
  checkLanding({ url: path.startsWith('/') ? `https://shop.example.com${path}` : path, referrer }, { ...shop, ...more, ...(campaign && { campaign }) })

const because = (landing: CheckedLanding): string[] => landing.campaignReasons.map(({ field, value, because: why }) => `${field} ${value}: ${why}`)

const codes = (landing: CheckedLanding): string[] => landing.mistakes.map(({ code }) => code)

test('a visit counts as it does in the table of landings, and each field has its reason', () => {
  for (const [, given] of [...tagged, ...clicks, ...arrivals]) {
    const visit = typeof given === 'string' ? { landing: given } : given
    const { landing = '/', referrer, page, site } = visit
    // What a page says itself nobody else knows; without that it reads links as the configuration tells it.
    if (page) continue
    const told = land({ ...visit, ...(site && { page: site }) })
    const checked = check(landing, { ...(referrer !== undefined && { referrer }), ...(site && { campaign: site }) })
    expect(checked.mktCampaign, landing).toEqual(told.campaign)
    expect(Object.fromEntries(checked.campaignReasons.map(({ field, value }) => [field, value])), landing).toEqual(told.campaign ?? {})
    expect(checked.campaignReasons.map(({ because: why }) => why), landing).not.toContain('the address')
    const { medium, name = '-', keywords } = checked.referrer ?? {}
    expect(medium && [medium, name, keywords].filter(Boolean).join(' '), landing).toBe(told.referrer)
  }
})

describe('the reasons', () => {
  const campaign: SiteCampaign = {
    parameters: { source: ['src', 'utm_source'] },
    clickIds: { pclid: { network: 'partnernet', source: 'partner', medium: 'cpc' } },
    rules: [
      { when: { path: '/spring*' }, set: { name: 'Spring', source: 'poster' } },
      { when: { parameters: { partner: 'acme*' } }, set: { source: 'Acme' }, always: true },
    ],
    lowercase: ['source'],
  }

  test.each<[string, string[]]>([
    ['/?utm_source=mail#utm_medium=email', ['source mail: the parameter utm_source', 'medium email: the parameter utm_medium, after the #']],
    ['/?utm_source=a&src=B', ['source b: the parameter src, in lower case']],
    ['/?src=%20&utm_source=a', ['source a: the parameter utm_source']],
    ['/?gclid=1&utm_source=a', ['source a: the parameter utm_source', 'medium cpc: the click identifier gclid', 'clickId 1: the click identifier gclid', 'network google: the click identifier gclid']],
    ['/?pclid=1', ['source partner: the click identifier pclid', 'medium cpc: the click identifier pclid', 'clickId 1: the click identifier pclid', 'network partnernet: the click identifier pclid']],
    ['/spring?utm_medium=print', ['name Spring: rule 1 of the site (path /spring*)', 'source poster: rule 1 of the site (path /spring*)', 'medium print: the parameter utm_medium']],
    ['/?src=a&partner=acme-de', ['source acme: rule 2 of the site (partner=acme*), whatever the link says, in lower case']],
    ['/', []],
  ])('of %s', (path, expected) => expect(because(check(path, { campaign }))).toEqual(expected))

  test.each<[string | undefined, string]>([
    [undefined, 'No page led here'],
    ['https://shop.example.com/cart', 'shop.example.com is the host of the landing page.'],
    ['https://de.shop.example.com/cart', 'de.shop.example.com is named by the configuration of the site shop.'],
    ['https://www.paypal.com/', 'paypal.com belongs to PayPal, which visitors pass through in the midst of a visit.'],
    ['https://www.google.com/', 'google.com belongs to Google.'],
    ['https://webmail.example.net/', 'webmail.example.net looks like a mail program in the browser.'],
    ['https://blog.example.net/', 'blog.example.net is in no table.'],
  ])('of the referrer %s', (referrer, expected) => expect(check('/', referrer ? { referrer } : {}).referrerReason).toContain(expected))

  test('of a visit that was paid for', () =>
    expect(check('/?gclid=1', { referrer: 'https://www.google.com/' }).referrerReason).toBe('The campaign says that the visit was paid for (cpc); the page belongs to Google.'))
})

describe('mistakes', () => {
  const fine = 'utm_source=mail&utm_medium=email&utm_campaign=spring'

  test.each<[string, string[], (Partial<Site> & { referrer?: string })?]>([
    [`/?${fine}`, []],
    ['/', []],
    ['/?q=Red+Shoes&page=2#Top', []],
    ['/?gclid=AbC', []],
    ['/?utm_source=mail&utm_campaign=spring', ['missing-medium']],
    ['/?utm_campaign=spring', ['missing-source', 'missing-medium']],
    ['/?utm_source=News&utm_medium=email', ['mixed-case']],
    ['/?utm_source=News&utm_medium=email', [], { campaign: { lowercase: ['source'] } }],
    ['/?utm_source=mail&utm_medium=email&utm_campaign=spring+sale', ['spaces']],
    [`/#${fine}`, ['after-hash']],
    [`/#/offers?${fine}`, ['after-hash']],
    [`/?a=b?${fine}`, ['second-question-mark']],
    [`/?${fine}&UTM_TERM=a`, ['parameter-case']],
    [`/?${fine}&utm_termm=a`, ['unknown-parameter']],
    [`/?${fine}&utm_content=`, ['empty']],
    [`/?${fine}&utm_source=other`, ['repeated']],
    [`/?${fine}&utm_source=mail`, []],
    [`/?${fine}&utm_term=${'x'.repeat(300)}`, ['too-long']],
    [`/?${fine}&utm_content=ann@mail.example`, ['personal']],
    [`/?${fine}&utm_content=ann@mail.example`, ['personal'], { redactUrls: false }],
    [`https://www.example.org/?${fine}`, ['other-host']],
    [`/?${fine}`, ['internal-link'], { referrer: 'https://shop.example.com/cart' }],
    ['/', [], { referrer: 'https://shop.example.com/cart' }],
    [`/?${fine}`, ['unknown-parameter', 'unknown-parameter', 'unknown-parameter'], { campaign: { utm: false } }],
    ['/?src=mail', ['missing-medium'], { campaign: { parameters: { source: 'src' } } }],
  ])('of %s are %j', (path, expected, more = {}) => expect(codes(check(path, more))).toEqual(expected))

  test('say what to do', () => {
    expect(check('/?utm_sorce=mail&utm_medium=email').mistakes.map(({ text }) => text)).toEqual([
      'utm_sorce is not read; did you mean utm_source?',
      'The source is missing: add utm_source. Without it the campaign cannot be compared with others.',
    ])
  })
})

test('what is not kept is not shown as kept', () => {
  const { url, mktCampaign, searchTerms } = check('/?utm_source=ann@mail.example&token=abc&q=shoes#top', { searchParameters: ['q'], excludedQueryParameters: ['ref'] })
  expect([url, mktCampaign, searchTerms]).toEqual(['https://shop.example.com/?utm_source=(redacted)&token=(redacted)&q=shoes', { source: '(redacted)' }, ['shoes']])
})
