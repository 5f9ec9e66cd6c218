import { Agent, request } from 'node:http'

const headers = { authorization: 'Bearer bench-bench-bench-bench' }

/**
 * Asks the API of a collector over one connection that stays open.
 *
 * @param {number} port
 */
export const createGet = port => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    /** @returns {Promise<{ ms: number, text: string }>} the answer, and milliseconds until all of it was there */
    get: (/** @type {string} */ path) =>
      new Promise((resolve, reject) => {
        const startedAt = performance.now()
        request({ port, path, agent, headers }, response => {
          let text = ''
          response.setEncoding('utf8').on('data', chunk => (text += chunk))
          response.on('end', () => {
            const ms = performance.now() - startedAt
            if (response.statusCode === 200) resolve({ ms, text })
            else reject(new Error(`${path} answered ${response.statusCode}: ${text}`))
          })
        })
          .on('error', reject)
          .end()
      }),
    close: () => agent.destroy(),
  }
}
