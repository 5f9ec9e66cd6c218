import { attempt, type BatchResult } from '../../model/index.ts'
import type { Body, Reply, Transport } from '../platform.ts'
import { toText } from '../toText.ts'

/** Bytes that all keepalive requests of a page may have under way (Fetch specification, 64 KiB), less some for headers. */
const keepaliveBytes = 60_000
/** Requests of that kind under way at a time; Chromium refuses more (getsentry/sentry-javascript#7553). */
const keepaliveRequests = 9
/** Milliseconds after which a request counts as failed. */
const timeout = 30_000
/** Characters from which compression pays for its asynchronous detour. */
const compressFrom = 2000

/** `fetchLater` of the HTML standard: the browser sends the request when the document is destroyed, however that comes about. */
type FetchLater = (url: string, options: RequestInit) => unknown

/**
 * Requests to the collector. Bodies are `text/plain`, as texts are of themselves, or of no type, so that no CORS preflight is needed; gzip is recognised there by its
 * first bytes. They are no blobs: of a page that is closed, Chromium 156 lost about one request in 150 whose body was one. Every
 * reply is read to its end: Chromium keeps the bytes of an unread keepalive reply in the pool of 64 KiB.
 */
export const createTransport = (collector: string): Transport => {
  const url = `${collector}/v1/events`
  const { fetchLater } = globalThis as { fetchLater?: FetchLater }
  /** Bytes left of the pool. Each request takes a ninth of it at least, so that there are never more than nine. */
  let room = keepaliveBytes
  let later: AbortController | undefined

  const toRequest = (body: Body, signal: AbortSignal | null, keepalive?: boolean): RequestInit =>
    ({ method: 'POST', credentials: 'omit', body, signal, ...(keepalive && { keepalive }) })

  const post = async (body: Body): Promise<Reply> => {
    // Not by a blob: the first one of a page takes milliseconds.
    const size = (body as ArrayBuffer).byteLength ?? new TextEncoder().encode(body as string).length
    const held = size <= room ? Math.max(size, keepaliveBytes / keepaliveRequests) : 0
    room -= held
    try {
      const response = await fetch(url, toRequest(body, AbortSignal.timeout?.(timeout) ?? null, held > 0))
      const text = await response.text()
      const { status, ok, headers } = response
      const retryAfter = headers.get('retry-after') as string
      const result = ok ? (JSON.parse(text) as BatchResult) : undefined
      return {
        status,
        retryAfter: Number(retryAfter) || (Date.parse(retryAfter) - Date.now()) / 1000,
        // Anybody can answer 200: a hotel's network, a proxy.
        result: Array.isArray(result?.rejected) ? result : undefined,
        cause: [url, text.slice(0, 300)],
      }
    } catch (cause) {
      // No answer, a cut one, or one that is no JSON: nothing is known of the batch, so it will be sent again.
      return { status: 0, cause: [url, toText(cause)] }
    } finally {
      room += held
    }
  }

  return {
    pack: async text =>
      text.length < compressFrom || typeof CompressionStream === 'undefined'
        ? text
        : new Response(new Response(text).body!.pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
    send: async (body, isLast) => {
      // Browsers that lack keepalive (Firefox before 133) cancel a fetch with its page, a beacon they do not.
      if (!isLast || 'keepalive' in Request.prototype) return post(body)
      navigator.sendBeacon(url, body)
      // Nobody tells what becomes of it: for a while it counts as under way.
      return new Promise(resolve => setTimeout(resolve, timeout, { status: 0 }))
    },
    room: () => room,
    later:
      fetchLater &&
      (body => {
        later?.abort()
        later = new AbortController()
        // Refused when it does not fit into the quota, or by a policy of the page: then the events wait in the outbox.
        if (body) attempt(() => fetchLater(url, toRequest(body, later!.signal)))
      }),
  }
}
