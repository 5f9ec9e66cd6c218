import { describe, expect, test } from 'vitest'
import { createReferrerNames } from '../../../src/collector/enrich/referrers/createReferrerNames.ts'
import { limits, type LandingCampaign, type Referrer } from '../../../src/model/index.ts'

const nameReferrer = createReferrerNames()
const origins = ['https://shop.example.com', 'https://*.shop.example.org', 'http://localhost:*', 'null']

interface Given {
  referrer: string
  campaign?: LandingCampaign
  landing?: string
}

const name = ({ referrer, campaign, landing = 'https://shop.example.com/' }: Given): Referrer | undefined =>
  nameReferrer({ start: { type: 'web', index: 1, referrer, ...(campaign && { campaign }) }, entryPage: { stamp: [1, 'a'], value: { url: landing } } }, { origins })

const summary = (given: Given): string => {
  const { name: known = '-', medium, keywords = '' } = name(given)!
  return [medium, known, keywords].filter(Boolean).join(' ')
}

test('a session that nothing led to has no referrer', () => {
  expect(nameReferrer({ start: { type: 'web', index: 1 } }, { origins })).toBeUndefined()
  expect(nameReferrer({}, { origins })).toBeUndefined()
})

test('a referrer is taken apart, named and classified', () => {
  expect(name({ referrer: 'https://www.google.de/search?q=red+shoes' })).toEqual({
    url: 'https://www.google.de/search?q=red+shoes',
    domain: 'google.de',
    hostname: 'www.google.de',
    pathname: '/search',
    queryString: 'q=red+shoes',
    keywords: 'red shoes',
    name: 'Google',
    medium: 'search',
  })
})

describe.each<[what: string, cases: [referrer: string, expected: string][]]>([
  ['a host', [
    ['https://www.google.com/', 'search Google'],
    ['https://google.co.uk/', 'search Google'],
    ['https://WWW.GOOGLE.COM./', 'search Google'],
    ['https://docs.google.com/document/d/1', 'unknown -'],
    ['https://google.com.evil.example/', 'unknown -'],
    ['https://notgoogle.com/', 'unknown -'],
    ['https://mail.google.com/mail/u/0/', 'email Gmail'],
    ['https://images.google.fr/', 'search Google Images'],
    ['https://l.facebook.com/l.php?u=x', 'social Facebook'],
    ['https://de-de.facebook.com/', 'social Facebook'],
    ['https://t.co/abc', 'social Twitter'],
    ['https://not.co/abc', 'unknown -'],
    ['https://old.reddit.com/r/shoes', 'social reddit'],
    ['https://outlook.live.com/mail/0/', 'email Outlook'],
    ['https://webmail.example.net/?_task=mail', 'email -'],
    ['https://blog.example.net/', 'unknown -'],
    ['https://192.0.2.1/', 'unknown -'],
    ['https://constructor/', 'unknown -'],
    ['not an address', 'unknown -'],
  ]],
  ['an AI assistant', [
    ['https://chatgpt.com/', 'search ChatGPT'],
    ['https://claude.ai/chat/1', 'search Claude'],
    ['https://gemini.google.com/app', 'search Gemini'],
    ['https://www.perplexity.ai/search?q=shoes', 'search Perplexity'],
    ['https://copilot.microsoft.com/', 'search Copilot'],
    ['https://www.bing.com/chat?q=shoes', 'search Copilot'],
    ['https://x.com/i/grok', 'search Grok'],
    ['https://x.com/i/grokking', 'social Twitter'],
    ['https://duckduckgo.com/duckchat/v1', 'search Duck.ai'],
    ['https://github.com/copilot', 'search GitHub Copilot'],
  ]],
  ['an Android app', [
    ['android-app://com.google.android.googlequicksearchbox/', 'search Google'],
    ['android-app://com.google.android.googlequicksearchbox/https/www.google.com', 'search Google'],
    ['android-app://com.google.android.gm/', 'email Gmail'],
    ['android-app://com.linkedin.android/', 'social LinkedIn'],
    ['android-app://org.example.reader/https/news.ycombinator.com/item', 'social Hacker News'],
    ['android-app://org.example.reader/', 'unknown -'],
  ]],
  ['words searched for', [
    ['https://www.bing.com/search?q=red%20shoes', 'search Bing red shoes'],
    ['https://search.yahoo.com/search?p=red+shoes', 'search Yahoo! red shoes'],
    ['https://yandex.ru/search/?text=%D1%82%D1%83%D1%84%D0%BB%D0%B8', 'search Yandex туфли'],
    ['https://go.mail.ru/search?q=%F2%F3%F4%EB%E8', 'search Mail.ru туфли'],
    ['https://www.baidu.com/s?wd=%BA%EC%D0%AC', 'search Baidu 红鞋'],
    ['https://www.baidu.com/s?ie=utf-8&wd=%E9%9E%8B', 'search Baidu 鞋'],
    ['https://www.google.de/search?ie=ISO-8859-1&q=m%FCsli', 'search Google müsli'],
    ['https://www.google.de/search?q=m%FCsli', 'search Google müsli'],
    ['https://www.google.de/search?ie=nonsense&q=m%FCsli', 'search Google müsli'],
    ['https://www.google.de/search?q=müsli', 'search Google müsli'],
    ['https://www.google.com/search?q=100%', 'search Google 100%'],
    ['https://www.google.com/search?q=a&q=b', 'search Google a'],
    ['https://www.google.com/search?q=', 'search Google'],
    ['https://www.google.com/search?q=a%3Db=c', 'search Google a=b=c'],
    ['https://www.facebook.com/search?q=shoes', 'social Facebook'],
  ]],
])('%s', (_, cases) => {
  test.each(cases)('%s is %s', (referrer, expected) => expect(summary({ referrer })).toBe(expected))
})

test('the words are no longer than the wire allows', () => {
  expect(name({ referrer: `https://www.google.com/search?q=${'x'.repeat(3000)}` })!.keywords).toHaveLength(limits.keywords)
})

describe('a page of the site itself is internal', () => {
  test.each([
    ['https://shop.example.com/cart', undefined, 'internal -'],
    ['https://www.shop.example.com/cart', undefined, 'internal -'],
    ['https://help.shop.example.org/', undefined, 'internal -'],
    ['http://localhost:8080/', undefined, 'internal -'],
    ['https://shop.example.com.evil.example/', undefined, 'unknown -'],
    ['https://example.org/', undefined, 'unknown -'],
    ['https://www.google.com/', 'https://google.com/landing', 'internal -'],
    ['null', undefined, 'unknown -'],
  ])('%s', (referrer, landing, expected) => expect(summary({ referrer, ...(landing && { landing }) })).toBe(expected))

  test('even when a click identifier is still in its address', () => {
    expect(summary({ referrer: 'https://shop.example.com/?gclid=1', campaign: { clickId: '1', clickIdParameter: 'gclid' } })).toBe('internal -')
  })
})

describe('a service that visitors pass through is internal', () => {
  test.each([
    ['https://www.paypal.com/', undefined, 'internal PayPal'],
    ['https://www.paypal.com/checkoutnow?token=1', undefined, 'internal PayPal'],
    ['https://checkout.stripe.com/', undefined, 'internal Stripe'],
    ['https://stripe.com/blog', undefined, 'unknown -'],
    ['https://eu.checkoutshopper-live.adyen.com/', undefined, 'internal Adyen'],
    ['https://accounts.google.com/', undefined, 'internal Google Account'],
    ['https://login.microsoftonline.com/', undefined, 'internal Microsoft account'],
    ['https://example.eu.auth0.com/u/login', undefined, 'internal Auth0'],
    ['https://www.klarna.com/de/shopping/', undefined, 'unknown -'],
    ['https://pay.example.net/', undefined, 'unknown -'],
    ['https://pay.example.net/', ['pay.example.net'], 'internal -'],
    ['https://a.pay.example.net/', ['pay.example.net'], 'unknown -'],
    ['https://a.pay.example.net/', ['.pay.example.net'], 'internal -'],
    ['https://www.google.com/', ['pay.example.net'], 'search Google'],
  ])('%s, where the site names %j: %s', (referrer, passages, expected) => {
    const { medium, name: known = '-' } = nameReferrer({ start: { type: 'web', index: 1, referrer } }, { origins, ...(passages && { passages }) })!
    expect(`${medium} ${known}`).toBe(expected)
  })

  test('an owner may name it otherwise', () => {
    const named = createReferrerNames([{ name: 'PayPal offers', medium: 'unknown', hosts: ['.paypal.com'] }])
    expect(named({ start: { type: 'web', index: 1, referrer: 'https://www.paypal.com/' } }, { origins })).toMatchObject({ medium: 'unknown', name: 'PayPal offers' })
  })
})

describe('a visit that was paid for', () => {
  test.each<[campaign: LandingCampaign, expected: string]>([
    [{ clickId: '1', clickIdParameter: 'gclid' }, 'paid Google'],
    [{ clickId: '1', clickIdParameter: 'gclid', medium: 'organic' }, 'paid Google'],
    [{ medium: 'cpc' }, 'paid Google'],
    [{ medium: 'CPM' }, 'paid Google'],
    [{ medium: 'paid_social' }, 'paid Google'],
    [{ medium: 'affiliate' }, 'paid Google'],
    [{ medium: 'unpaid' }, 'search Google'],
    [{ medium: 'email' }, 'search Google'],
    [{ clickId: '1', clickIdParameter: 'fbclid' }, 'search Google'],
    [{ clickId: '1', clickIdParameter: '__proto__' }, 'search Google'],
    [{ source: 'cpc' }, 'search Google'],
  ])('%j: %s', (campaign, expected) => expect(summary({ referrer: 'https://www.google.com/', campaign })).toBe(expected))
})

describe('sites of the owner', () => {
  const named = createReferrerNames([
    { name: 'Portal', medium: 'search', hosts: ['portal.example.net'], keywords: ['words', 'w'] },
    { name: 'Our forum', medium: 'social', hosts: ['.forum.example', 'com.Example.App'] },
    { name: 'Search by us', medium: 'unknown', hosts: ['google.*/partner', 'portal.example.net/news'] },
  ])
  const see = (referrer: string): unknown[] => {
    const { name: known, medium, keywords } = named({ start: { type: 'web', index: 1, referrer } }, { origins: [] })!
    return [medium, known, keywords]
  }

  test.each([
    ['https://portal.example.net/?w=a', ['search', 'Portal', 'a']],
    ['https://www.portal.example.net/?words=b&w=a', ['search', 'Portal', 'b']],
    ['https://sub.portal.example.net/', ['unknown', undefined, undefined]],
    ['https://portal.example.net/news/1', ['unknown', 'Search by us', undefined]],
    ['https://en.forum.example/', ['social', 'Our forum', undefined]],
    ['android-app://com.Example.App/', ['social', 'Our forum', undefined]],
    ['https://www.google.co.uk/partner/x', ['unknown', 'Search by us', undefined]],
    ['https://www.google.co.uk/partners', ['search', 'Google', undefined]],
  ])('%s', (referrer, expected) => expect(see(referrer)).toEqual(expected))
})
