import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setUpPrograms } from '../collector/setUpPrograms.ts'

const programs = setUpPrograms()

const document = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')

test('every file of the data folder stands in the document, beside what belongs to a database', async () => {
  const program = programs.start(['--port', '0', '--data', 'here'])
  await program.url()
  const files = readdirSync(join(programs.folder(), 'here')).filter(name => !/-(wal|shm|journal)$/.test(name))
  expect(files.length).toBeGreaterThan(5)
  expect(files.filter(name => !new RegExp(`^\\| \`${name}/?\` \\|`, 'm').test(document))).toEqual([])
})
