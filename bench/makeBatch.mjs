/** Events of a batch: as many as the requests have that ingest is measured with. */
export const eventsPerBatch = 10

/** A hash of a number and a salt (murmur3's finaliser): the same batches come out in every run, in any order. */
const mix = (/** @type {number} */ n, /** @type {number} */ salt) => {
  let h = Math.imul(n ^ (salt * 0x9e3779b9), 0x85ebca6b) >>> 0
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0
  return (h ^ (h >>> 16)) >>> 0
}

const hex = (/** @type {number} */ n, /** @type {number} */ digits) => n.toString(16).padStart(digits, '0')

/** A UUID of version 7: of an instant, and of what looks like chance. */
const toId = (/** @type {number} */ at, /** @type {number} */ n, /** @type {number} */ salt) => {
  const time = hex(at, 12)
  const [a, b] = [hex(mix(n, salt), 8), hex(mix(n, salt + 1), 8)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-8${a.slice(3, 6)}-${a.slice(6)}00${b}`
}

/** Of three visits, one is by somebody who was there before. */
const visitorOf = (/** @type {number} */ n) => (n > 10 && mix(n, 7) % 3 === 0 ? mix(n, 8) % n : n)

/**
 * What is stored when a store is filled: visits of ten pages a batch, spread evenly over some time.
 *
 * @param {{ count: number, from: number, to: number, batchesPerVisit?: number, liveVisits?: number }} options one batch for each visit, one after
 *   the other, if nothing else is said; `liveVisits` go on at a time, in turn
 */
export const createBatches = ({ count, from, to, batchesPerVisit = 1, liveVisits = 1 }) => {
  const startOf = (/** @type {number} */ n) => from + Math.floor(((to - from) * n) / count)
  const sessionOf = (/** @type {number} */ n) => toId(startOf(n), n, 1)

  const eventOf = (/** @type {number} */ n, /** @type {number} */ i) => ({
    id: i ? toId(startOf(n) + 1000 * i, n * eventsPerBatch * batchesPerVisit + i, 3) : sessionOf(n),
    type: /** @type {const} */ ('pageview'),
    at: startOf(n) + 1000 * i,
    session: sessionOf(n),
    seq: i,
    tab: 'a1b2c3d4',
    ...(!i && { start: { type: 'web', index: 1, referrer: `https://www.example${n % 50}.org/` } }),
    page: { url: `https://shop.example.com/products/${mix(n, 9 + i) % 5000}?utm_source=newsletter`, title: `Product ${i}`, lang: 'en', referrer: 'https://shop.example.com/' },
  })

  return {
    sessionOf,
    /** A batch as the event log keeps it. */
    batchOf: (/** @type {number} */ place) => {
      const inRound = place % (liveVisits * batchesPerVisit)
      const n = (place - inRound) / batchesPerVisit + (inRound % liveVisits)
      const first = Math.floor(inRound / liveVisits) * eventsPerBatch
      const receivedAt = startOf(n) + 1000 * (first + eventsPerBatch)
      return {
        receivedAt,
        site: 'shop',
        address: `192.0.2.${n % 256}`,
        geolocation: { country: 'GB', countryName: 'United Kingdom', source: 'bench' },
        userAgent: null,
        batch: {
          v: /** @type {const} */ (1),
          site: 'shop',
          sentAt: receivedAt,
          visitor: { id: toId(startOf(visitorOf(n)), visitorOf(n), 5) },
          library: { name: 'sojourn', version: '0.1.0' },
          context: {
            userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
            language: 'en-GB',
            timezone: 'Europe/London',
            screen: { width: 1920, height: 1080, density: 1 },
            viewport: { width: 1280, height: 800 },
          },
          events: Array.from({ length: eventsPerBatch }, (_, i) => eventOf(n, first + i)),
        },
      }
    },
  }
}
