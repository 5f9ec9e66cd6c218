import { brotliDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { toStaticFile } from '../../src/collector/staticFiles.ts'
import { createTestEndpoint } from './createTestEndpoint.ts'

const fileOf = (name: string, content: string): [string, ReturnType<typeof toStaticFile>] => [name, toStaticFile(name, Buffer.from(content))]

const script = fileOf('sojourn.js', 'sojourn()'.repeat(100))

const { app } = createTestEndpoint({
  files: {
    scripts: new Map([script]),
    livePage: new Map([fileOf('index.html', '<!doctype html><title>Sojourn</title>'), fileOf('live.js', 'live()'), fileOf('live.css', 'body{}')]),
    demo: new Map([fileOf('index.html', '<!doctype html><title>Shop</title>'), fileOf('cart/index.html', 'cart'), fileOf('shop.css', 'body{}')]),
  },
})
afterAll(() => app.close())

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })

describe('the script', () => {
  test('is for pages of every origin, for an hour', async () => {
    const { headers, body } = await get('/sojourn.js')
    expect(body).toBe('sojourn()'.repeat(100))
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
      vary: 'accept-encoding',
    })
    expect(headers['content-encoding']).toBeUndefined()
  })

  test('comes compressed', async () => {
    const { headers, rawPayload } = await get('/sojourn.js', { 'accept-encoding': 'gzip, deflate, br' })
    expect(headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(rawPayload).toString()).toBe('sojourn()'.repeat(100))
  })

  test('does not come again while it is the same', async () => {
    const { headers } = await get('/sojourn.js')
    const again = await get('/sojourn.js', { 'if-none-match': `"other", ${String(headers.etag)}` })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect(again.headers.etag).toBe(headers.etag)
    expect((await get('/sojourn.js', { 'if-none-match': '"other"' })).statusCode).toBe(200)
  })
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
