import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ForeignDocument } from '../../../src/collector/conversations/documentStore.ts'
import { createSqliteDocumentStore } from '../../../src/collector/sqlite/createSqliteDocumentStore.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'

const document = (id: string): ForeignDocument => ({ kind: 'call', id, at: 0, body: { id }, links: [{ by: 'customer', value: 'c-1017' }] })

test('nothing is written or removed while the file is not where the next start looks for it', () => {
  const file = join(temporaryFolder(), 'conversations.sqlite')
  const store = createSqliteDocumentStore(file)
  onTestFinished(() => store.close())
  store.put(document('a'), {})
  for (const suffix of ['', '-wal']) {
    renameSync(`${file}${suffix}`, `${file}.away`)
    for (const change of [() => store.put(document('b'), {}), () => store.remove('call', 'a'), () => store.removeLinked(document('a').links)]) {
      expect(change).toThrow(/conversations\.sqlite was moved, removed or replaced while it is in use/)
    }
    renameSync(`${file}.away`, `${file}${suffix}`)
  }
  store.put(document('b'), {})
  expect(store.remove('call', 'a')).toBe(true)
  expect(store.get('call', 'b')).toMatchObject({ id: 'b' })
})
