import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { startCheckpoints } from '../../src/collector/startCheckpoints.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'
import { batchOf, opening, start } from './batches.ts'

/** A thread needs a program that Node can run: the one that was built. */
const built = new URL('../../dist/collector/checkpointWorker.js', import.meta.url)

const setUp = async (entry = built) => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const log = createSqliteEventLog({ file })
  const title = 'x'.repeat(1_000_000)
  await log.append({ receivedAt: start, site: 'shop', address: null, userAgent: null, batch: batchOf({}, [opening(1, { page: { url: 'https://shop.example.com/', title } })]) })
  const checkpoints = startCheckpoints(file, entry)
  onTestFinished(async () => {
    await checkpoints.stop()
    log.close()
  })
  return { checkpoints, log, sizeOfFile: () => statSync(file).size, length: title.length }
}

test('copies into the file what is in the write-ahead log, beside a connection that goes on', async () => {
  const { checkpoints, log, sizeOfFile, length } = await setUp()
  expect(sizeOfFile()).toBeLessThan(length)
  await checkpoints.copy()
  expect(sizeOfFile()).toBeGreaterThan(length)
  expect(log.read(0, 1)).toHaveLength(1)
  await checkpoints.copy()
})

test('says that there is nobody any more, once it was stopped', async () => {
  const { checkpoints } = await setUp()
  await checkpoints.stop()
  await expect(checkpoints.copy()).rejects.toThrow('the thread that copies write-ahead logs has ended')
  await checkpoints.stop()
})

test('says why a thread could not do it', async () => {
  const { checkpoints } = await setUp(new URL(`data:text/javascript,${encodeURIComponent("throw new Error('no more paper')")}`))
  await expect(checkpoints.copy()).rejects.toThrow('no more paper')
})
