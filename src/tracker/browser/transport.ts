import type { BatchResult } from '../../model/index.ts'
import type { Reply, Transport } from '../platform.ts'

/** Bytes that all keepalive requests of a page may have under way (Fetch specification, 64 KiB), less some for headers. */
const keepaliveBytes = 60_000
/** Requests of that kind under way at a time; Chromium refuses more (getsentry/sentry-javascript#7553). */
const keepaliveRequests = 9
/** Milliseconds after which a request counts as failed. */
const timeout = 30_000
/** Characters from which compression pays for its asynchronous detour. */
const compressFrom = 2000

const toBlob = (body: BlobPart): Blob => new Blob([body], { type: 'text/plain' })

const zip = async (body: string): Promise<Blob> =>
  body.length < compressFrom || typeof CompressionStream === 'undefined'
    ? toBlob(body)
    : toBlob(await new Response(toBlob(body).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer())

/**
 * Requests to the collector. Bodies are `text/plain`, so that no CORS preflight is needed; gzip is recognised there by its
 * first bytes. Every reply is read to its end: Chromium keeps the bytes of an unread keepalive reply in the pool of 64 KiB.
 */
export const createTransport = (collector: string): Transport => {
  const url = `${collector.replace(/\/$/, '')}/v1/events`
  let bytes = 0
  let requests = 0
  const room = (): number => (requests < keepaliveRequests ? keepaliveBytes - bytes : 0)

  const post = async (body: Blob): Promise<Reply> => {
    const keepalive = body.size <= room()
    const held = keepalive ? body.size : 0
    bytes += held
    requests += Number(keepalive)
    try {
      const response = await fetch(url, { method: 'POST', body, keepalive, credentials: 'omit', signal: AbortSignal.timeout?.(timeout) ?? null })
      const text = await response.text()
      const retryAfter = response.headers.get('retry-after') ?? ''
      return {
        status: response.status,
        retryAfter: Number(retryAfter) || (Date.parse(retryAfter) - Date.now()) / 1000,
        result: response.ok ? (JSON.parse(text) as BatchResult) : undefined,
      }
    } catch {
      // No answer, a cut one, or one that is no JSON: nothing is known of the batch, so it will be sent again.
      return { status: 0 }
    } finally {
      bytes -= held
      requests -= Number(keepalive)
    }
  }

  return {
    send: (body, isLast) => {
      if (!isLast) return zip(body).then(post)
      // Browsers that lack keepalive (Firefox before 133) cancel a fetch with its page, a beacon they do not.
      if ('keepalive' in Request.prototype) return post(toBlob(body))
      navigator.sendBeacon(url, toBlob(body))
      return Promise.resolve({ status: 0 })
    },
    room,
  }
}
