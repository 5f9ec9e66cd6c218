import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { runLoad } from './runLoad.mjs'
import { startServer } from './startServer.mjs'

const headers = { authorization: 'Bearer bench-bench-bench-bench', origin: 'http://localhost:8080', 'content-type': 'text/plain' }

/** An id of version 7, of now. */
const createId = () => {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

const toBatch = (/** @type {string} */ id) => ({
  v: 1,
  site: 'shop',
  sentAt: Date.now(),
  visitor: { id: createId() },
  library: { name: 'sojourn', version: '0.1.0' },
  context: { language: 'en-GB' },
  events: [{ id, type: 'pageview', at: Date.now(), session: id, seq: 0, tab: 'a1b2c3d4', start: { type: 'web', index: 1 }, page: { url: 'https://shop.example.com/' } }],
})

/**
 * Milliseconds from the acknowledgement of a session's first batch until the Session can be read, one after the other, while other
 * batches come in.
 *
 * @param {string} folder of the data
 * @param {{ rate: number, seconds: number }} load
 */
export const measureLag = async (folder, { rate, seconds }) => {
  const server = await startServer(['collector', folder])
  await server.caughtUp()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })

  /** @returns {Promise<number | undefined>} status of the answer */
  const ask = (/** @type {string} */ method, /** @type {string} */ path, body = '') =>
    new Promise((resolve, reject) => {
      const sent = request({ port: server.port, method, path, agent, headers }, response => {
        response.resume().on('end', () => resolve(response.statusCode))
      })
      sent.on('error', reject).end(body)
    })

  const probe = async () => {
    const id = createId()
    if ((await ask('POST', '/v1/events', JSON.stringify(toBatch(id)))) !== 200) throw new Error('a batch was refused')
    const acknowledgedAt = performance.now()
    while ((await ask('GET', `/v1/sessions/${id}`)) !== 200);
    return performance.now() - acknowledgedAt
  }

  await runLoad(server.port, { rate, seconds: 2 })
  let isOver = false
  const load = runLoad(server.port, { rate, seconds }).finally(() => (isOver = true))
  /** @type {number[]} */
  const lags = []
  while (!isOver) lags.push(await probe())
  await load
  agent.destroy()
  await server.stop()
  return lags
}
