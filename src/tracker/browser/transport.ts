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

const toBlob = async (body: string): Promise<Blob> => {
  const plain = new Blob([body], { type: 'text/plain' })
  if (body.length < compressFrom || typeof CompressionStream === 'undefined') return plain
  const zipped = await new Response(plain.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
  return new Blob([zipped], { type: 'text/plain' })
}

const parseRetryAfter = (header: string | null): number | undefined => {
  if (!header) return undefined
  const seconds = Number(header)
  const wait = Number.isNaN(seconds) ? (Date.parse(header) - Date.now()) / 1000 : seconds
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

const toReply = async (response: Response): Promise<Reply> => {
  const body = await response.text()
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'))
  return {
    status: response.status,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(response.ok && { result: JSON.parse(body) as BatchResult }),
  }
}

/** No answer, a cut one, or one that is no JSON: nothing is known of the batch, so it will be sent again. */
const noReply = (): Reply => ({ status: 0 })

/**
 * Requests to the collector. Bodies are `text/plain`, so that no CORS preflight is needed; gzip is recognised there by its
 * first bytes. Every reply is read to its end: Chromium keeps the bytes of an unread keepalive reply in the pool of 64 KiB.
 */
export const createTransport = (collector: string): Transport => {
  const url = `${collector}/v1/events`
  let bytes = 0
  let requests = 0
  const room = (): number => (requests < keepaliveRequests ? keepaliveBytes - bytes : 0)

  const post = async (body: Blob, signal?: AbortSignal): Promise<Reply> => {
    const keepalive = body.size <= room()
    const held = keepalive ? body.size : 0
    bytes += held
    requests += Number(keepalive)
    try {
      return await toReply(await fetch(url, { method: 'POST', body, keepalive, credentials: 'omit', ...(signal && { signal }) }))
    } finally {
      bytes -= held
      requests -= Number(keepalive)
    }
  }

  const send: Transport['send'] = async (body, stop) => {
    const abort = new AbortController()
    const onStop = (): void => abort.abort()
    const timer = setTimeout(onStop, timeout)
    stop.addEventListener('abort', onStop)
    try {
      return await post(await toBlob(body), abort.signal)
    } catch {
      return noReply()
    } finally {
      clearTimeout(timer)
      stop.removeEventListener('abort', onStop)
    }
  }

  const sendLast: Transport['sendLast'] = body => {
    const blob = new Blob([body], { type: 'text/plain' })
    // Browsers that lack keepalive (Firefox before 133) cancel a fetch with its page, a beacon they do not.
    if ('keepalive' in Request.prototype) return post(blob).catch(noReply)
    navigator.sendBeacon(url, blob)
    return Promise.resolve(noReply())
  }

  return { send, sendLast, room }
}
