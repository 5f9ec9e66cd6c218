import { createGet } from './createGet.mjs'
import { diskReads } from './diskReads.mjs'
import { percentile } from './median.mjs'
import { runLoad } from './runLoad.mjs'
import { startServer } from './startServer.mjs'

/** Requests of each kind; before they count, a few more. */
const trials = Number(process.env.TRIALS ?? 500)
const warmUp = 20
const none = { median: NaN, p99: NaN, disk: NaN }

/** @typedef {{ median: number, p99: number, disk: number }} Times milliseconds, and bytes that a request made the disk read (the mean) */

/**
 * How long the API takes to answer, of a collector that has nothing else to do, and of one that takes events in.
 *
 * @param {string} folder of the data
 * @param {{ batches: ReturnType<typeof import('./makeBatch.mjs').createBatches>, count: number, rate: number }} options what is stored; batches a second that come in while it is busy
 * @returns {Promise<Record<string, { idle: Times, busy: Times }>>}
 */
export const measureReads = async (folder, { batches, count, rate }) => {
  const server = await startServer(['collector', folder])
  await server.caughtUp()
  const { get, close } = createGet(server.port)

  const anySession = () => batches.sessionOf(Math.floor(Math.random() * count))
  const known = await Promise.all(Array.from({ length: trials }, async () => /** @type {{ shortId?: string, visitorId?: string }} */ (JSON.parse((await get(`/v1/sessions/${anySession()}`)).text))))
  const numbered = known.filter(({ shortId }) => shortId !== undefined)
  const anyOf = () => /** @type {typeof known[number]} */ (numbered[Math.floor(Math.random() * numbered.length)])
  const anyInstant = () => batches.batchOf(Math.floor(Math.random() * count)).receivedAt
  /** @type {Record<string, () => string>} */
  const kinds = {
    'a Session by its id': () => `/v1/sessions/${anySession()}`,
    'events of a Session': () => `/v1/sessions/${anySession()}/events`,
    'the newest Session of a short id': () => `/v1/sessions?shortId=${anyOf().shortId}&limit=1`,
    'a page of 50 of a short id': () => `/v1/sessions?shortId=${anyOf().shortId}&limit=50`,
    'Sessions of a visitor': () => `/v1/sessions?visitorId=${anyOf().visitorId}`,
    'a page of 50, the newest': () => '/v1/sessions?limit=50',
    'a page of 50, before any instant': () => `/v1/sessions?site=shop&limit=50&to=${anyInstant()}`,
    'a page of 50 that are ended': () => `/v1/sessions?status=ended&limit=50&to=${anyInstant()}`,
    'a page of 50 that are live': () => '/v1/sessions?status=live&limit=50',
  }

  const measure = async (requests = trials) => {
    /** @type {Record<string, Times>} */
    const times = {}
    for (const [name, toPath] of Object.entries(kinds)) {
      const taken = []
      const before = diskReads(server.pid)
      for (let i = 0; i < requests; i++) taken.push((await get(toPath())).ms)
      times[name] = { median: percentile(taken, 0.5), p99: percentile(taken, 0.99), disk: Math.round((diskReads(server.pid) - before) / requests) }
    }
    return times
  }

  await measure(warmUp)
  const idle = await measure()
  let isMeasured = false
  const load = async () => {
    while (!isMeasured) await runLoad(server.port, { rate, seconds: 2 })
  }
  const loading = load()
  const busy = await measure()
  isMeasured = true
  await loading
  close()
  await server.stop()
  return Object.fromEntries(Object.keys(kinds).map(name => [name, { idle: idle[name] ?? none, busy: busy[name] ?? none }]))
}
