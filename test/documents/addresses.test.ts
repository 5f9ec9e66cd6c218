import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { createTestEndpoint } from '../collector/createTestEndpoint.ts'

const { app, get } = createTestEndpoint()
afterAll(() => app.close())

const root = new URL('../../', import.meta.url)
const pages = ['README.md', ...readdirSync(new URL('docs', root), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md')).map(name => `docs/${name}`)]
const documents = pages.map(page => readFileSync(new URL(page, root), 'utf8')).join('\n')

test('every address of a schema that the documents name is answered', async () => {
  const addresses = [...new Set(documents.match(/\/v1\/schemas\/[\w.-]*/g))]
  expect(addresses.length).toBeGreaterThan(4)
  const answers = await Promise.all(addresses.map(async address => [address, (await get(address, {})).statusCode]))
  expect(answers.filter(([, status]) => status !== 200)).toEqual([])
})

test('every metric stands in the documents', async () => {
  const { body } = await get('/metrics', {})
  const metrics = [...body.matchAll(/^# HELP (sojourn_\w+)/gm)].map(([, name]) => name!)
  expect(metrics.length).toBeGreaterThan(10)
  expect(metrics.filter(name => !documents.includes(`\`${name}\``))).toEqual([])
})
