import { brotliDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { createScriptVariants } from '../../../src/collector/http/createScriptVariants.ts'
import { toPageOptions } from '../../../src/collector/settings/pageOptions.ts'
import { toStaticFile } from '../../../src/collector/http/staticFiles.ts'
import type { Site } from '../../../src/collector/site.ts'
import { clickIds } from '../../../src/model/index.ts'
import { createTestEndpoint } from '../createTestEndpoint.ts'

const fileOf = (name: string, content: string): [string, ReturnType<typeof toStaticFile>] => [name, toStaticFile(name, Buffer.from(content))]

const hint = '//# hint\n'
const program = 'sojourn()'.repeat(100)
const code = hint + program
const sites: Site[] = [
  { id: 'shop', origins: [], campaign: { parameters: { source: 'src' }, rules: [{ when: { path: '/spring' }, set: { name: 'Spring' } }], lowercase: ['source'] } },
  { id: 'blog', origins: [], divisionIds: ['d'], autotrack: false, searchParameters: ['find'], sessionTimeoutSeconds: 600 },
  { id: 'plain', origins: [], shortIdDigits: 5, campaign: { rules: [] } },
]

const { app } = createTestEndpoint({
  files: {
    script: createScriptVariants(Buffer.from(code), sites),
    parts: new Map([fileOf('sojourn-session.js', 'session()')]),
    livePage: new Map([fileOf('index.html', '<!doctype html><title>Sojourn</title>'), fileOf('live.js', 'live()'), fileOf('live.css', 'body{}')]),
    demo: new Map([fileOf('index.html', '<!doctype html><title>Shop</title>'), fileOf('cart/index.html', 'cart'), fileOf('shop.css', 'body{}')]),
  },
})
afterAll(() => app.close())

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })

describe('the script', () => {
  test('is for pages of every origin, for ten minutes', async () => {
    const { headers, body } = await get('/sojourn.js')
    expect(body).toMatch(program)
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=600, stale-while-revalidate=3600',
      vary: 'accept-encoding',
    })
    expect(headers['content-encoding']).toBeUndefined()
  })

  test('comes compressed', async () => {
    const { headers, rawPayload } = await get('/sojourn.js', { 'accept-encoding': 'gzip, deflate, br' })
    expect(headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(rawPayload).toString()).toMatch(program)
  })

  test('does not come again while it is the same', async () => {
    const { headers } = await get('/sojourn.js')
    const again = await get('/sojourn.js', { 'if-none-match': `"other", ${String(headers.etag)}` })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect(again.headers.etag).toBe(headers.etag)
    expect((await get('/sojourn.js', { 'if-none-match': '"other"' })).statusCode).toBe(200)
  })

  const shop = '"shop":{"campaign":{"parameters":{"source":"src"}}}'
  const blog = '"blog":{"autotrack":false,"searchParameters":["find"],"sessionTimeoutSeconds":600}'

  test.each([
    ['/sojourn.js', `${hint}(document.currentScript||{}).sites={${shop},${blog}};\n${program}`],
    ['/sojourn.js?site=shop', `${hint}(document.currentScript||{}).sites={${shop}};\n${program}`],
    ['/sojourn.js?site=plain', code],
    ['/sojourn.js?site=unknown', code],
    ['/sojourn.js?site=shop&site=blog', `${hint}(document.currentScript||{}).sites={${shop},${blog}};\n${program}`],
  ])('%s brings what the configuration says of pages, and no more', async (url, body) => expect((await get(url)).body).toBe(body))

  test('is another one when the options are others', async () => {
    const [all, one, other] = await Promise.all(['', '?site=shop', '?site=blog'].map(query => get(`/sojourn.js${query}`)))
    expect(new Set([all, one, other].map(answer => answer!.headers.etag)).size).toBe(3)
    expect((await get('/sojourn.js?site=shop', { 'if-none-match': String(one!.headers.etag) })).statusCode).toBe(304)
    expect((await get('/sojourn.js?site=blog', { 'if-none-match': String(one!.headers.etag) })).statusCode).toBe(200)
  })

  test('is as it was built where no site has options', () => {
    const { all, added } = createScriptVariants(Buffer.from(code), [{ id: 'shop', origins: [] }])
    expect([all.content.toString(), added]).toEqual([code, 0])
  })

  test('fetches what sites have switched on, and tells those of the sites asked for alone', () => {
    const some: Site[] = [
      { id: 'shop', origins: [], searchForms: true, campaign: { removeTags: true } },
      { id: 'blog', origins: [], searchForms: true },
      { id: 'plain', origins: [], searchForms: false },
    ]
    const { all, of, added } = createScriptVariants(Buffer.from(code), some)
    const [before, after] = all.content.toString().split(program)
    expect(added + hint.length).toBe(before!.length + after!.length)
    expect(after).toMatch(/^\n;.*import\(new URL\("sojourn-sources\.js",t\.src.*\)\).*startSources\(t,{"shop":\["removeTags","searchForms"\],"blog":\["searchForms"\]}\)/)
    expect(of('blog').content.toString().split(program)[1]).toContain('startSources(t,{"blog":["searchForms"]})')
    expect(of('plain').content.toString()).toBe(code)
  })

  test('tells pages to keep no address with the tags that are removed', () => {
    const [shop, blog] = [{ parameters: { source: ['src'] }, clickIds: { pclid: { network: 'p' } }, removeTags: true }, { removeTags: false }].map(campaign =>
      toPageOptions({ id: 'shop', origins: [], excludedQueryParameters: ['ref'], campaign }),
    )
    expect(shop!.excludedQueryParameters).toEqual(expect.arrayContaining(['ref', 'src', 'utm_source', 'utm_campaign', 'pclid', ...Object.keys(clickIds)]))
    expect(new Set(shop!.excludedQueryParameters).size).toBe(shop!.excludedQueryParameters!.length)
    expect(shop!.campaign).not.toHaveProperty('removeTags')
    expect(blog!.excludedQueryParameters).toEqual(['ref'])
  })

  test('keeps its parts for an hour', async () =>
    expect((await get('/sojourn-session.js')).headers['cache-control']).toBe('public, max-age=3600, stale-while-revalidate=86400'))
})

describe('the live page', () => {
  test.each(['/', '/live.js', '/live.css'])('%s allows nothing but its own files', async url => {
    const { headers, statusCode } = await get(url)
    expect(statusCode).toBe(200)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache' })
  })
})

describe('the demo', () => {
  test.each([
    ['/demo/', 200, 'Shop'],
    ['/demo/?utm_source=newsletter', 200, 'Shop'],
    ['/demo/index.html', 200, 'Shop'],
    ['/demo/cart/', 200, 'cart'],
    ['/demo/shop.css', 200, 'body{}'],
    ['/demo/none.html', 404, 'not-found'],
    ['/demo/../package.json', 404, 'not-found'],
    ['/demo/%2e%2e/package.json', 404, 'not-found'],
    ['/demo/..%2f..%2fpackage.json', 404, 'not-found'],
  ])('%s is answered with %d', async (url, status, text) => {
    const response = await get(url)
    expect(response.statusCode).toBe(status)
    expect(response.body).toContain(text)
  })

  test('runs no script that is not its own', async () => {
    const { headers } = await get('/demo/')
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
  })

  test('keeps the query when the slash is missing', async () => {
    const { statusCode, headers } = await get('/demo?utm_source=newsletter')
    expect([statusCode, headers.location]).toEqual([308, '/demo/?utm_source=newsletter'])
  })

  test('is not there when it is off, and neither is what was not built', async () => {
    const bare = createTestEndpoint()
    for (const url of ['/demo/', '/demo', '/sojourn.js', '/']) expect((await bare.get(url)).statusCode).toBe(404)
    await bare.app.close()
  })
})
