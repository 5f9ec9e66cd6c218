// Sends batches of ten events, each event with an id of its own, over some connections from a process of its own, and prints how
// many were acknowledged in how many seconds: node bench/ingestLoad.mjs PORT OPTIONS (JSON, see runLoad.mjs)
// Bare sockets, and requests that are made by changing a few bytes of a template: what sends is to cost less than what receives.
import { connect } from 'node:net'

const [port = '', options = '{}'] = process.argv.slice(2)
const connections = 128
const { seconds = 3, batches = Infinity, rate = Infinity, batchesPerSession = 5, liveSessions = connections } =
  /** @type {import('./runLoad.mjs').LoadOptions} */ (JSON.parse(options))
const eventsPerBatch = 10

/** A place for an id that is filled in for each request. */
const idOf = (/** @type {string} */ letter) => letter.repeat(8) + `-0000-7000-8000-` + letter.repeat(12)

/** A place for an instant, likewise. */
const instant = 1_111_111_111_111

const event = (/** @type {number} */ n) => ({
  // The first one opens the session.
  ...(n ? { id: idOf('e') } : { id: idOf('d'), start: { type: 'web', index: 1, referrer: 'https://www.example.org/' } }),
  type: 'pageview',
  at: instant,
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
      sentAt: instant,
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
  const placesOf = (/** @type {string} */ text) => {
    const places = []
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at)
    return places
  }
  return { bytes, events: placesOf(idOf('e')), sessions: placesOf(idOf('d')), visitors: placesOf(idOf('f')), instants: placesOf(String(instant)) }
}

const templates = Array.from({ length: batchesPerSession }, (_, part) => toTemplate(part))
// No two runs use the same ids.
const run = Math.floor(Math.random() * 0xffffffff)
let count = 0

/** What all ids of a while have in common: they begin with the time. */
let time = 0

/** Writes what ids begin with into the templates. */
const renewTime = (/** @type {number} */ now) => {
  time = now
  const first = (now >>> 0).toString(16).padStart(8, '0')
  for (const { bytes, events, sessions, visitors } of templates) {
    for (const place of [...events, ...sessions, ...visitors]) {
      bytes.write(first, place, 'latin1')
      bytes.write(run.toString(16).padStart(4, '0').slice(0, 4), place + 24, 'latin1')
    }
  }
}

const digits = Buffer.from('0123456789abcdef')

/** Writes a number into the place of an id. By hand: calls of `Buffer.write` for all places would cost more than the rest. */
const fill = (/** @type {Buffer} */ bytes, /** @type {number} */ place, /** @type {number} */ number) => {
  for (let at = place + 35, rest = number; at >= place + 28; at--, rest >>>= 4) bytes[at] = /** @type {number} */ (digits[rest & 15])
}

/** @type {{ session: number, visitor: number, part: number }[]} */
const sessions = Array.from({ length: liveSessions }, () => ({ session: 0, visitor: 0, part: batchesPerSession }))
let turn = 0

/** A batch of the next session in turn; of a new one where that one is over. */
const nextRequest = () => {
  const place = turn++ % liveSessions
  const known = /** @type {typeof sessions[number]} */ (sessions[place])
  const { session, visitor, part } = known.part < batchesPerSession ? known : { session: ++count, visitor: ++count, part: 0 }
  sessions[place] = { session, visitor, part: part + 1 }
  const now = Date.now()
  if (Math.floor(now / 65536) !== time) renewTime(Math.floor(now / 65536))
  const { bytes, events, sessions: sessionPlaces, visitors, instants } = /** @type {ReturnType<typeof toTemplate>} */ (templates[part])
  for (const place of events) fill(bytes, place, ++count)
  for (const place of sessionPlaces) fill(bytes, place, session)
  for (const place of visitors) fill(bytes, place, visitor)
  const text = Buffer.from(String(now), 'latin1')
  for (const place of instants) for (let i = 0; i < text.length; i++) bytes[place + i] = /** @type {number} */ (text[i])
  return Buffer.from(bytes)
}

let acknowledged = 0
let refused = 0
/** @type {number[]} */
const latencies = []

const startedAt = performance.now()
const until = startedAt + seconds * 1000
let sent = 0

/** Calls back when the next request is due; never, when there is none any more. */
const whenDue = (/** @type {(isLast: boolean) => void} */ call) => {
  const now = performance.now()
  if (now >= until || sent >= batches) return call(true)
  const due = startedAt + (sent++ / rate) * 1000
  if (due <= now) call(false)
  else setTimeout(call, due - now, false)
}

/** One connection: a request, its answer, the next request. Resolves when the time is over. */
const send = () =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1').setNoDelay()
    let sentAt = 0
    let answer = ''
    const next = () =>
      whenDue(isLast => {
        if (isLast) return void socket.end(() => resolve(undefined))
        sentAt = performance.now()
        socket.write(nextRequest())
      })
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

await Promise.all(Array.from({ length: connections }, send))
const took = (performance.now() - startedAt) / 1000
latencies.sort((a, b) => a - b)
process.stdout.write(JSON.stringify({ acknowledged, refused, seconds: took, p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0 }))
