import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeCampaign, findCampaign, limits, parseCampaign, parseSearchTerms, parseUrl, redactUrl, toSiteCampaign, toStoredUrl, toUrlFields, type Campaign } from '../../src/model/index.ts'
import { mayTell, redactText } from '../../src/model/redactUrl.ts'
import { withoutParameters } from '../../src/model/withoutParameters.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
console.log(`addresses: SEED=${seed}`)

/** As many addresses as are tried in all. */
const numRuns = 100_000

const name = fc.constantFrom('utm_source', 'utm_medium', 'utm_campaign', 'src', 'gclid', 'fbclid', 'q', 'token', 'email', '__proto__', 'x', 'UTM_SOURCE')
const value = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', '%', '%zz', '%E0%A4', '+', 'a%20b', '%2540', 'ann@mail.example', 'a@b.co@d.ef', 'eyJhbGciOiJI.eyJzdWIi.c2ln', '&amp;', '#', '?', '=', 'x'.repeat(300), 'é'.repeat(300), '\u{1f337}'.repeat(200)),
)
const pairs = fc.array(fc.tuple(name, fc.constantFrom('=', '', '==', '%3D'), value).map(parts => parts.join('')), { maxLength: 6 })
const joined = fc.tuple(pairs, fc.constantFrom('&', ';', '&amp;', '?', '&&')).map(([parts, mark]) => parts.join(mark))
const before = fc.constantFrom('https://shop.example.com/', 'http://ann:pw@[::1]:80/a@b.example', 'android-app://com.example/https/a.example/', '/cart', 'mailto:ann@mail.example', 'javascript:', 'HTTPS://ÄÖ.example', '//', '')
const filler = fc.constantFrom('', 'a', 'a'.repeat(4000), 'ä'.repeat(700), '%', ' ', '\n', '\ud800')
const address = fc.oneof(
  fc.tuple(before, filler, fc.constantFrom('?', '#', '#/r?', ''), joined, fc.constantFrom('', '#'), joined).map(parts => parts.join('')),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ maxLength: 60 }),
)

const options = { parameters: { source: ['src', 'utm_source'] }, clickIds: { x: { network: 'n' } } }
const site = { ...options, rules: [{ when: { path: '/*a*', parameters: { x: '*' } }, set: { name: 'Rule' } }], lowercase: ['source' as const] }
const excludedQueryParameters = ['token', 'q']

const longest = (campaign: Campaign = {}): number => Math.max(0, ...Object.values(campaign).map(text => text.length))

test('words searched for are found wherever taking the address apart finds them', () => {
  const names = fc.array(fc.oneof(name, fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 3 })
  fc.assert(
    fc.property(address, names, (url, parameters) => {
      const { searchParams } = parseUrl(url)
      const words = parameters.flatMap(each => searchParams.getAll(each)).map(word => word.trim().slice(0, limits.searchTerm))
      expect(parseSearchTerms(url, parameters)).toEqual(words.filter(Boolean).slice(0, limits.searchTerms))
    }),
    { seed, numRuns: numRuns / 10 },
  )
})

test('no address makes reading it throw, give more than the limits, or another result the second time', () => {
  fc.assert(
    fc.property(address, fc.boolean(), (url, keepFragment) => {
      const stored = toStoredUrl(url, { excludedQueryParameters, keepFragment })
      const redacted = redactUrl(stored)
      const campaign = parseCampaign(url, options)
      const known = toSiteCampaign({ url: redacted, campaign }, site)
      const found = findCampaign(url, options)
      // As the address bar has it.
      const shown = parseUrl(url).href
      const without = withoutParameters(shown, { excludedQueryParameters, keepFragment })
      const terms = parseSearchTerms(url, ['q', 'x'])
      toUrlFields(url)
      const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
      const checks = {
        urls: Math.max(stored.length, redacted.length) <= limits.url,
        campaigns: Math.max(longest(campaign), longest(known), longest(describeCampaign(found))) <= limits.campaignValue,
        tags: (found?.tags ?? '').length <= limits.campaignTags,
        terms: terms.length <= limits.searchTerms && terms.every(term => term.length > 0 && term.length <= limits.searchTerm),
        // What was cut to the limit may end within a name, which is another name then.
        storedAgain: stored.length === limits.url || toStoredUrl(stored, { excludedQueryParameters, keepFragment }) === stored,
        redactedAgain: redacted.length === limits.url || redactUrl(redacted) === redacted,
        readAgain: same(parseCampaign(url, options), campaign),
        foundAgain: !found || found.tags!.length === limits.campaignTags || same(findCampaign(`tags:?${found.tags}`, options), found),
        // What leaves the address bar makes no other page of it, neither before nor after, unless either is cut: a query that is written anew may be longer.
        samePage: Math.max(shown.length, without.length) > limits.url || toStoredUrl(without, { excludedQueryParameters, keepFragment }) === toStoredUrl(shown, { excludedQueryParameters, keepFragment }),
        withoutAgain: withoutParameters(without, { excludedQueryParameters, keepFragment }) === without,
        knownAgain: !known || same(Object.entries(toSiteCampaign({ url: redacted, campaign: known }, site)!).sort(), Object.entries(known).sort()),
      }
      const failed = Object.entries(checks).flatMap(([check, isRight]) => (isRight ? [] : [check]))
      if (failed.length) throw new Error(failed.join(', '))
    }),
    { seed, numRuns },
  )
}, 300_000)

test('a text that is said to tell nothing is left as it is, by every redaction', () => {
  const secret = fc.constantFrom('token', 'password', 'passwod', 'passwd', 'pwd', 'secret', 'api_key', 'accessKey', 'authorization', 'signature', 'jwt', 'session_id', 'sessionId', 'otp', 'e-mail', 'email_address', 'utm_campaign', 'gclid')
  const named = fc.tuple(fc.constantFrom('?', '&', '#', ';'), fc.constantFrom('', 'a.', 'b-', 'x_', 'y'), secret, fc.boolean(), fc.constantFrom('=1', '=', '%3D1', '')).map(([mark, prefix, word, isLoud, end]) => `${mark}${prefix}${isLoud ? word.toUpperCase() : word}${end}`)
  const any = fc.tuple(address, fc.array(named, { maxLength: 3 })).map(([url, more]) => (url + more.join('')).slice(0, limits.url))
  let passed = 0
  fc.assert(
    fc.property(any, url => {
      if (mayTell(JSON.stringify({ url }))) return true
      passed++
      return redactUrl(url) === url && redactText(url) === url
    }),
    { seed, numRuns: 20_000 },
  )
  // Otherwise the test would show nothing.
  expect(passed).toBeGreaterThan(1000)
})
