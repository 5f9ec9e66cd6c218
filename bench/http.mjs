// Which HTTP framework costs how much on the way of a batch: node bench/http.mjs
// Each server reads the body, parses it and answers as the collector does. All run in turn, five rounds, in one go: what counts
// are the ratios, the rates depend on the machine.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { fastify } from 'fastify'
import { Hono } from 'hono'

const rounds = 5

const event = (/** @type {number} */ n) => ({
  id: `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  type: 'pageview',
  at: 1_785_585_600_000 + n,
  session: '019a0000-0000-7000-8000-000000000001',
  seq: n,
  tab: 'a1b2c3d4',
  page: { url: `https://shop.example.com/products/${n}?utm_source=newsletter`, title: `Product ${n}`, lang: 'en' },
})

const body = JSON.stringify({ v: 1, site: 'shop', sentAt: 1_785_585_600_000, events: Array.from({ length: 10 }, (_, i) => event(i)) })

/** @param {import('node:stream').Readable} stream */
const read = async stream => {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** @param {string} text */
const answer = text => ({ accepted: JSON.parse(text).events.length, duplicates: 0, rejected: [] })

/** @type {Record<string, () => Promise<{ port: number, close: () => unknown }>>} */
const servers = {
  'node:http': async () => {
    const server = createServer(async (request, response) => {
      const result = JSON.stringify(answer(await read(request)))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(result) }).end(result)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return { port: /** @type {import('node:net').AddressInfo} */ (server.address()).port, close: () => server.closeAllConnections() }
  },
  fastify: async () => {
    const app = fastify()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('text/plain', async (/** @type {unknown} */ _request, /** @type {import('node:http').IncomingMessage} */ payload) => read(payload))
    app.post('/v1/events', async request => answer(/** @type {string} */ (request.body)))
    await app.listen({ port: 0, host: '127.0.0.1' })
    return { port: /** @type {import('node:net').AddressInfo} */ (app.server.address()).port, close: () => app.server.closeAllConnections() }
  },
  hono: async () => {
    const app = new Hono().post('/v1/events', async context => context.json(answer(await context.req.text())))
    const server = /** @type {import('node:http').Server} */ (serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }))
    if (!server.listening) await once(server, 'listening')
    return { port: /** @type {import('node:net').AddressInfo} */ (server.address()).port, close: () => server.closeAllConnections() }
  },
}

/** @param {number} port */
const measure = async port => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('load.mjs', import.meta.url)), `http://127.0.0.1:${port}/v1/events`, body])
  const [output] = await Promise.all([read(child.stdout), once(child, 'exit')])
  return Number(output)
}

/** @param {number[]} values */
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** @type {Record<string, number[]>} */
const rates = Object.fromEntries(Object.keys(servers).map(name => [name, []]))
for (let round = 0; round < rounds; round++) {
  for (const [name, start] of Object.entries(servers)) {
    const { port, close } = await start()
    rates[name]?.push(await measure(port))
    close()
  }
}
const base = median(rates['node:http'] ?? [])
for (const [name, all] of Object.entries(rates)) {
  process.stdout.write(`${name.padEnd(10)} ${median(all).toFixed(0).padStart(7)} requests/s, ${(median(all) / base).toFixed(2)} of node:http\n`)
}
process.exit()
