import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDefinitionStore, type DefinitionStore, type GivenDefinitions } from '../../../src/collector/segments/createDefinitionStore.ts'
import { openDefinitionFile } from '../../../src/collector/segments/definitionFile.ts'
import type { Definitions } from '../../../src/model/definition.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'

const day = 86_400_000
const first = Date.UTC(2026, 2, 1)

const setUp = () => {
  const folder = temporaryFolder()
  const told: Definitions[] = []
  const open = (configured: Partial<GivenDefinitions> = {}, now = first): DefinitionStore =>
    createDefinitionStore({
      file: openDefinitionFile(folder),
      configured: { segments: [], outcomes: [], ...configured },
      now: () => now,
      onChange: definitions => told.push(definitions),
    })
  return { folder, open, told }
}

test('fills in what a definition does not say', () => {
  const { open } = setUp()
  const criteria = [{ key: 'page.title', values: ['Pay'] }]
  const store = open({ segments: [{ displayName: 'Frequent Buyers', journey: { patterns: [{ criteria, count: 1, streamType: 'Web', sessionType: 'web' }] } }] })
  expect(store.list('segments')).toMatchObject({
    source: 'configuration',
    entities: [
      {
        id: 'frequent-buyers',
        isActive: true,
        scope: 'Session',
        shouldDisplayToAgent: true,
        version: 1,
        selfUri: '/v1/segments/frequent-buyers',
        createdDate: '2026-03-01T00:00:00.000Z',
        modifiedDate: '2026-03-01T00:00:00.000Z',
        context: { patterns: [] },
        journey: { patterns: [{ criteria: [{ ...criteria[0], operator: 'equal', shouldIgnoreCase: false }], count: 1 }] },
      },
    ],
  })
  expect(open({ outcomes: [{ displayName: 'Paid' }] }).list('outcomes').entities).toMatchObject([{ id: 'paid', isPositive: true, version: 1 }])
})

test('counts changes, and leaves what has not changed as it was', () => {
  const { open } = setUp()
  open({ segments: [{ displayName: 'A' }, { displayName: 'B' }] })
  const again = open({ segments: [{ displayName: 'A' }, { displayName: 'B', isActive: false }] }, first + day).list('segments').entities
  expect(again.map(({ version, createdDate, modifiedDate }) => [version, createdDate.slice(0, 10), modifiedDate.slice(0, 10)])).toEqual([
    [1, '2026-03-01', '2026-03-01'],
    [2, '2026-03-01', '2026-03-02'],
  ])
})

test('what was put wins over the configuration after a restart, kind by kind, until it is forgotten', () => {
  const { open, told } = setUp()
  const configured = { segments: [{ displayName: 'Configured' }], outcomes: [{ displayName: 'Paid' }] }
  open(configured).put('segments', [{ displayName: 'Put' }])
  const store = open(configured)
  expect([store.list('segments').source, store.list('segments').entities[0]?.id, store.list('outcomes').source]).toEqual(['api', 'put', 'configuration'])
  expect(store.forget('segments')).toMatchObject({ source: 'configuration', entities: [{ id: 'configured' }] })
  expect(open(configured).list('segments').source).toBe('configuration')
  expect(told.map(({ segments }) => segments.map(({ id }) => id))).toEqual([['put'], ['configured']])
})

test('an empty list that was put is a list too', () => {
  const { open } = setUp()
  open({ segments: [{ displayName: 'A' }] }).put('segments', [])
  expect(open({ segments: [{ displayName: 'A' }] }).list('segments').entities).toEqual([])
})

test('refuses to replace a list that the caller has not seen', () => {
  const { open } = setUp()
  const store = open()
  const { tag } = store.list('segments')
  store.put('segments', [{ displayName: 'One' }], tag)
  expect(() => store.put('segments', [{ displayName: 'Two' }], tag)).toThrow(expect.objectContaining({ code: 'definitions-changed' }))
  expect(store.list('segments').entities).toMatchObject([{ id: 'one' }])
})

test('does not start on a file that is damaged or of another version, and names it', () => {
  const { folder, open } = setUp()
  open()
  const path = join(folder, 'definitions.json')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ v: 1 })
  for (const text of ['{"v":1,', 'null', '{"v":1}', '{"v":1,"segments":{"source":"api","entities":[]},"outcomes":{"source":"api","entities":1}}']) {
    writeFileSync(path, text)
    expect(() => open()).toThrow(`${path} cannot be read as definitions of segments and outcomes`)
  }
  writeFileSync(path, '{"v":2}')
  expect(() => open()).toThrow(`${path} was written by another version of Sojourn`)
})
