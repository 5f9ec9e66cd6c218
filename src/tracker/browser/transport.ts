import type { BatchResult } from '../../model/index.ts'
import type { Reply, Transport } from '../platform.ts'

/** Bytes that all keepalive requests of a page may have under way (Fetch specification, 64 KiB), less some for headers. */
const keepaliveBytes = 60_000
/** Requests of that kind under way at a time; Chromium refuses more (getsentry/sentry-javascript#7553). */
const keepaliveRequests = 9
/** Milliseconds after which a request counts as failed. */
const timeout = 30_000
/** Bytes from which compression pays for its asynchronous detour. */
const compressFrom = 2000

const toBlob = (body: BlobPart): Blob => new Blob([body], { type: 'text/plain' })

const zip = async (blob: Blob): Promise<Blob> =>
  blob.size < compressFrom || typeof CompressionStream === 'undefined'
    ? blob
    : toBlob(await new Response(blob.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer())

/**
 * Requests to the collector. Bodies are `text/plain`, so that no CORS preflight is needed; gzip is recognised there by its
 * first bytes. Every reply is read to its end: Chromium keeps the bytes of an unread keepalive reply in the pool of 64 KiB.
 */
export const createTransport = (collector: string): Transport => {
  const url = `${collector}/v1/events`
  /** Bytes left of the pool. Each request takes a ninth of it at least, so that there are never more than nine. */
  let room = keepaliveBytes

  const post = async (body: Blob): Promise<Reply> => {
    const held = body.size <= room ? Math.max(body.size, keepaliveBytes / keepaliveRequests) : 0
    room -= held
    try {
      const response = await fetch(url, { method: 'POST', body, keepalive: held > 0, credentials: 'omit', signal: AbortSignal.timeout?.(timeout) ?? null })
      const text = await response.text()
      const result = response.ok ? (JSON.parse(text) as BatchResult) : undefined
      const retryAfter = response.headers.get('retry-after') as string
      return {
        status: response.status,
        retryAfter: Number(retryAfter) || (Date.parse(retryAfter) - Date.now()) / 1000,
        // Anybody can answer 200: a hotel's network, a proxy.
        result: Array.isArray(result?.rejected) ? result : undefined,
      }
    } catch {
      // No answer, a cut one, or one that is no JSON: nothing is known of the batch, so it will be sent again.
      return { status: 0 }
    } finally {
      room += held
    }
  }

  return {
    send: async (text, isLast) => {
      const body = toBlob(text)
      if (!isLast) return post(await zip(body))
      // Browsers that lack keepalive (Firefox before 133) cancel a fetch with its page, a beacon they do not.
      if ('keepalive' in Request.prototype) return post(body)
      navigator.sendBeacon(url, body)
      // Nobody tells what becomes of it: for a while it counts as under way.
      return new Promise(resolve => setTimeout(resolve, timeout, { status: 0 }))
    },
    room: () => room,
  }
}
