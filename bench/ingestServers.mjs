// The servers that bench/ingest.mjs compares, each in a process of its own:
// node bench/ingestServers.mjs parse | collector FOLDER [CHECKOUT]
// Prints its port. The collector is that of this checkout, unless another one is named.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../scripts/run.mjs'

const [kind, folder = '', checkout = root] = process.argv.slice(2)

/** Reads and parses a body, and answers: what no collector can do without. */
const parse = () => {
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = []
    request.on('data', chunk => chunks.push(chunk)).on('end', () => {
      const { events } = JSON.parse(Buffer.concat(chunks).toString())
      const result = JSON.stringify({ accepted: events.length, duplicates: 0, rejected: [] })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(result) }).end(result)
    })
  }).listen(0, '127.0.0.1', () => process.stdout.write(`${/** @type {import('node:net').AddressInfo} */ (server.address()).port}\n`))
}

const collect = async () => {
  const { createCollector } = await import(pathToFileURL(join(checkout, 'dist/collector/index.js')).href)
  const collector = createCollector({
    port: 0,
    data: folder,
    logLevel: 'error',
    apiKey: 'bench-bench-bench-bench',
    sites: [{ id: 'shop', origins: ['http://localhost:*'] }],
    rateLimits: { address: false, site: false },
  })
  await collector.listen()
  process.stdout.write(`${new URL(collector.url()).port}\n`)
}

process.on('SIGTERM', () => process.exit())
await (kind === 'parse' ? parse() : collect())
