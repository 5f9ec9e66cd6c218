import { mkdirSync } from 'node:fs'

/** @returns {Promise<typeof import('../src/collector/dataFiles.ts')>} */
const importDataFiles = () => import(new URL('../dist/collector/dataFiles.js', import.meta.url).href)

/** @returns {Promise<typeof import('../src/collector/sqlite/createSqliteEventLog.ts')>} */
const importEventLog = () => import(new URL('../dist/collector/sqlite/createSqliteEventLog.js', import.meta.url).href)

/** Batches that are appended together. */
const group = 2000

/**
 * Fills an event log by its own `append`: as if everything had come over HTTP.
 *
 * @param {string} folder of the data
 * @param {{ batches: ReturnType<typeof import('./makeBatch.mjs').createBatches>, count: number, progress: ReturnType<typeof import('./progress.mjs').createProgress> }} options
 * @returns {Promise<number>} batches a second
 */
export const fillLog = async (folder, { batches, count, progress }) => {
  const [{ toDataFiles }, { createSqliteEventLog }] = await Promise.all([importDataFiles(), importEventLog()])
  mkdirSync(folder, { recursive: true })
  const log = createSqliteEventLog({ file: toDataFiles(folder).logFile })
  const bar = progress.start('log', count)
  const startedAt = performance.now()
  for (let first = 0; first < count; first += group) {
    await Promise.all(Array.from({ length: Math.min(group, count - first) }, (_, i) => log.append(batches.batchOf(first + i))))
    bar.update(first)
  }
  const rate = (count / (performance.now() - startedAt)) * 1000
  bar.stop()
  log.close()
  return Math.round(rate)
}
