// Sends batches of ten events, each event with an id of its own, over some connections from a process of its own, and prints how
// many were acknowledged in how many seconds: node bench/ingestLoad.mjs PORT SECONDS
// Bare sockets, and requests that are made by changing a few bytes of a template: what sends is to cost less than what receives.
import { connect } from 'node:net'

const [port = '', seconds = '3', connections = '128'] = process.argv.slice(2)
const eventsPerBatch = 10
const batchesPerSession = 5

/** A place for an id that is filled in for each request. */
const idOf = (/** @type {string} */ letter) => letter.repeat(8) + `-0000-7000-8000-` + letter.repeat(12)

const event = (/** @type {number} */ n) => ({
  id: idOf('e'),
  type: 'pageview',
  at: Date.now(),
  session: idOf('d'),
  seq: n,
  tab: 'a1b2c3d4',
  page: { url: `https://shop.example.com/products/${n}?utm_source=newsletter`, title: `Product ${n}`, lang: 'en', referrer: 'https://shop.example.com/' },
})

const toTemplate = (/** @type {number} */ part) => {
  const body = Buffer.from(
    JSON.stringify({
      v: 1,
      site: 'shop',
      sentAt: Date.now(),
      visitor: { id: idOf('f') },
      library: { name: 'sojourn', version: '0.1.0' },
      context: {
        userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
        language: 'en-GB',
        timezone: 'Europe/London',
        screen: { width: 1920, height: 1080, density: 1 },
        viewport: { width: 1280, height: 800 },
      },
      events: Array.from({ length: eventsPerBatch }, (_, i) => event(part * eventsPerBatch + i)),
    }),
  )
  const head = Buffer.from(
    `POST /v1/events HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: http://localhost:8080\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n`,
  )
  const bytes = Buffer.concat([head, body])
  const placesOf = (/** @type {string} */ letter) => {
    const places = []
    for (let at = bytes.indexOf(idOf(letter)); at >= 0; at = bytes.indexOf(idOf(letter), at + 1)) places.push(at)
    return places
  }
  return { bytes, events: placesOf('e'), sessions: placesOf('d'), visitors: placesOf('f') }
}

const templates = Array.from({ length: batchesPerSession }, (_, part) => toTemplate(part))
// No two runs use the same ids.
const run = Math.floor(Math.random() * 0xffffffff)
let count = 0

/** Writes a number into the places of an id. */
const fill = (/** @type {Buffer} */ bytes, /** @type {number[]} */ places, /** @type {number} */ first) => {
  const time = (Math.floor(Date.now() / 65536) >>> 0).toString(16).padStart(8, '0')
  places.forEach((place, i) => {
    bytes.write(time, place, 'latin1')
    bytes.write(run.toString(16).padStart(4, '0').slice(0, 4), place + 24, 'latin1')
    bytes.write((first + i).toString(16).padStart(8, '0'), place + 28, 'latin1')
  })
}

/** @type {Map<number, { session: number, part: number }>} */
const sessions = new Map()

const nextRequest = (/** @type {number} */ connection) => {
  const known = sessions.get(connection)
  const { session, part } = known && known.part < batchesPerSession ? known : { session: ++count, part: 0 }
  sessions.set(connection, { session, part: part + 1 })
  const { bytes, events, sessions: sessionPlaces, visitors } = /** @type {ReturnType<typeof toTemplate>} */ (templates[part])
  const first = count + 1
  count += events.length
  fill(bytes, events, first)
  for (const place of sessionPlaces) fill(bytes, [place], session)
  for (const place of visitors) fill(bytes, [place], connection)
  return Buffer.from(bytes)
}

let acknowledged = 0
let refused = 0
/** @type {number[]} */
const latencies = []

/** One connection: a request, its answer, the next request. Resolves when the time is over. */
const send = (/** @type {number} */ connection, /** @type {number} */ until) =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1').setNoDelay()
    let sentAt = 0
    let answer = ''
    const next = () => {
      if (performance.now() >= until) {
        socket.end(() => resolve(undefined))
        return
      }
      sentAt = performance.now()
      socket.write(nextRequest(connection))
    }
    socket.on('connect', next).on('error', reject)
    socket.on('data', chunk => {
      answer += chunk.toString('latin1')
      const end = answer.indexOf('\r\n\r\n')
      if (end < 0 || answer.length < end + 4 + Number(/content-length: (\d+)/i.exec(answer)?.[1])) return
      if (answer.startsWith('HTTP/1.1 200')) acknowledged++
      else refused++
      answer = ''
      latencies.push(performance.now() - sentAt)
      next()
    })
  })

const startedAt = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, (_, i) => send(i, startedAt + Number(seconds) * 1000)))
const took = (performance.now() - startedAt) / 1000
latencies.sort((a, b) => a - b)
process.stdout.write(JSON.stringify({ acknowledged, refused, seconds: took, p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0 }))
