import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMemoryErasureFile, openErasureFile, type ErasureRecord } from '../../../src/collector/identity/erasureFile.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'

const record: ErasureRecord = { id: 'a', createdDate: '2026-08-01T12:00:00.000Z', digests: ['00'], person: { by: 'customer', id: 'c-1' } }

test.each([
  ['in memory', createMemoryErasureFile],
  ['in a folder', () => openErasureFile(temporaryFolder())],
])('erasures %s are given back, replaced and removed', (_name, open) => {
  const file = open()
  expect(file.read()).toEqual([])
  file.write(record)
  file.write({ ...record, id: 'b' })
  const { person: _person, ...over } = { ...record, endedDate: record.createdDate }
  file.write(over)
  expect(file.read().sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([over, { ...record, id: 'b' }])
  file.remove('b')
  file.remove('none')
  expect(file.read()).toEqual([over])
})

test('a draft of an erasure that never began is removed', () => {
  const folder = temporaryFolder()
  openErasureFile(folder).write(record)
  writeFileSync(join(folder, 'erasures', 'b.json.new'), '{"person":{"id":"c-1"')
  expect(openErasureFile(folder).read()).toEqual([record])
  expect(readdirSync(join(folder, 'erasures'))).toEqual(['a.json'])
})

test.each(['{', '{"v":1}', '{"v":2}', 'null', '{"v":1,"id":"b","createdDate":"2026-08-01","digests":[]}', '{"v":1,"id":"b","createdDate":"?","digests":[],"person":{"id":"c-1"}}'])(
  'an erasure that is %s stops the start, and is named',
  text => {
    const folder = temporaryFolder()
    openErasureFile(folder)
    writeFileSync(join(folder, 'erasures', 'b.json'), text)
    expect(() => openErasureFile(folder).read()).toThrow(/b\.json cannot be read as an erasure .*Put it back from a backup, or move it away/)
  },
)

test('an erasure that cannot be written leaves nothing that names somebody', () => {
  const folder = temporaryFolder()
  const file = openErasureFile(folder)
  mkdirSync(join(folder, 'erasures', 'a.json'))
  expect(() => file.write(record)).toThrow('a.json')
  expect(readdirSync(join(folder, 'erasures'))).toEqual(['a.json'])
})
