import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { chooseEncoding, readStaticFiles, toStaticFile } from '../../../src/collector/http/staticFiles.ts'

const script = toStaticFile('sojourn.js', Buffer.from('sojourn()'.repeat(100)))

describe('a static file', () => {
  test('is compressed once, with nothing changed', async () => {
    const { content, compress } = script
    expect(brotliDecompressSync(await compress!.br())).toEqual(content)
    expect(gunzipSync(await compress!.gzip())).toEqual(content)
    expect(await compress!.br()).toBe(await compress!.br())
  })
  test('has a tag that changes with its content', () => {
    expect(toStaticFile('a.js', Buffer.from('1')).etag).toBe(toStaticFile('b.js', Buffer.from('1')).etag)
    expect(toStaticFile('a.js', Buffer.from('1')).etag).not.toBe(toStaticFile('a.js', Buffer.from('2')).etag)
  })
  test.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['a.mjs', 'application/octet-stream'],
    ['a.svg', 'image/svg+xml'],
  ])('%s has the type %s', (name, type) => expect(toStaticFile(name, Buffer.from('')).type).toBe(type))
  test('that is compressed by nature stays as it is', () => expect(toStaticFile('a.png', Buffer.from('x')).compress).toBeUndefined())
})

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['BR', 'br'],
  ['*', 'br'],
  ['identity', undefined],
  ['', undefined],
  [undefined, undefined],
  ['br;q=0, *;q=0', undefined],
])('a client that accepts %j gets %s', (header, name) => expect(chooseEncoding(script, header)).toBe(name))

test('reads a folder with all below it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-static-'))
  mkdirSync(join(folder, 'css'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'css', 'shop.css'), '')
  expect([...readStaticFiles(folder).keys()].sort()).toEqual(['css/shop.css', 'index.html'])
  rmSync(folder, { recursive: true })
  expect(readStaticFiles(folder).size).toBe(0)
})
