import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('ingestLoad.mjs', import.meta.url))

/**
 * @typedef {object} LoadOptions
 * @property {number} [seconds] how long it sends; default 3
 * @property {number} [batches] how many it sends at most; default as many as there is time for
 * @property {number} [rate] batches a second; default as many as are answered
 * @property {number} [batchesPerSession] default 5
 * @property {number} [liveSessions] sessions that go on at a time, in turn; default one on each connection
 *
 * @typedef {{ acknowledged: number, refused: number, seconds: number, p99: number }} LoadResult
 */

/**
 * Sends batches of ten events from a process of its own.
 *
 * @param {number} port
 * @param {LoadOptions} [options]
 * @returns {Promise<LoadResult>}
 */
export const runLoad = async (port, options = {}) => {
  const child = spawn(process.execPath, [program, String(port), JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  await once(child, 'close')
  return JSON.parse(output)
}
