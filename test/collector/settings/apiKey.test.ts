import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAuthorized, readApiKey } from '../../../src/collector/settings/apiKey.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sojourn-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A start that gets as far as showing the key. */
const start = (data = folder) => {
  const key = readApiKey(data)
  key.keep()
  return key
}

test('is made at the first start, shown then, and known afterwards', () => {
  const first = start(join(folder, 'data'))
  const second = start(join(folder, 'data'))
  expect(first.created).toMatch(/^sojourn_[\w-]{43}$/)
  expect(second.created).toBeUndefined()
  expect(isAuthorized(`Bearer ${first.created}`, second)).toBe(true)
})

test('is kept as a hash that only its owner can read', () => {
  const { created } = start()
  const [name, ...others] = readdirSync(folder)
  expect(others).toEqual([])
  expect(readFileSync(join(folder, name!), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
  expect(readFileSync(join(folder, name!), 'utf8')).not.toContain(created)
  expect(statSync(join(folder, name!)).mode & 0o077).toBe(0)
})

test('is another one when the first start failed before it was shown', () => {
  const { created } = readApiKey(folder)
  expect(start().created).not.toBe(created)
})

test('is used as it is when it is given, and not kept', () => {
  const key = readApiKey(folder, 'a key of my own')
  key.keep()
  expect(key.created).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
})

test('that is damaged ends the start with a way out', () => {
  start()
  const [name] = readdirSync(folder)
  writeFileSync(join(folder, name!), 'nonsense')
  expect(() => readApiKey(folder)).toThrow(/is damaged. Remove it/)
})

test.each([
  ['Bearer secret-secret-secret', true],
  ['bearer secret-secret-secret', true],
  ['Bearer secret-secret-secre', false],
  ['Bearer secret-secret-secrets', false],
  ['Basic secret-secret-secret', false],
  ['secret-secret-secret', false],
  ['Bearer ', false],
  ['', false],
  [undefined, false],
])('%j is authorized: %s', (header, expected) => expect(isAuthorized(header, readApiKey(folder, 'secret-secret-secret'))).toBe(expected))
