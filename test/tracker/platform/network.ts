import type { Batch } from '../../../src/model/index.ts'
import type { Clock } from './clock.ts'
import type { Collector, Received } from './collector.ts'

/** The Fetch specification's bound of all keepalive bodies under way. */
const keepalivePool = 65_536

/** A body as the page makes it: text parts, sized in bytes. */
export class TextBlob {
  readonly text: string
  readonly size: number
  readonly type: string
  constructor(parts: string[], { type = '' } = {}) {
    this.text = parts.join('')
    this.size = Buffer.byteLength(this.text)
    this.type = type
  }
}

interface Init {
  method: string
  body: TextBlob | string
  keepalive?: boolean
  signal?: AbortSignal
}

/** The way from one page to the collector: what of it outlives the page, and what does not. */
export const createNetwork = (clock: Clock, collector: Collector, page: { name: string; isAlive(): boolean }) => {
  let keptBytes = 0

  const toReceived = (url: string, body: TextBlob | string, how: Received['how']): Received => {
    const blob = typeof body === 'string' ? new TextBlob([body]) : body
    const batch = JSON.parse(blob.text) as Batch
    return { at: clock.now(), elapsed: clock.elapsed(), from: page.name, how, url, bytes: blob.size, batch }
  }

  /** Delivers a request; `done` is told how it went once the reply has come back. */
  const deliver = (request: Received, done: (reply: ReturnType<Collector['receive']>) => void): void => {
    collector.requests.push(request)
    clock.after(collector.latency / 2, () => {
      if (request.how === 'fetch' && !page.isAlive()) return
      const reply = collector.receive(request)
      clock.after(collector.latency / 2, () => done(reply))
    })
  }

  const fetch = (url: string, { body, keepalive = false, signal }: Init): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!page.isAlive()) return
      const request = toReceived(url, body, keepalive ? 'keepalive' : 'fetch')
      if (keepalive && keptBytes + request.bytes > keepalivePool) return reject(new TypeError('Failed to fetch'))
      const held = keepalive ? request.bytes : 0
      keptBytes += held
      signal?.addEventListener('abort', () => {
        keptBytes -= held
        reject(new DOMException('The operation was aborted', 'AbortError'))
      })
      deliver(request, reply => {
        if (reply === 'never') return
        keptBytes -= held
        if (!page.isAlive()) return
        if (reply === 'failed') return reject(new TypeError('Failed to fetch'))
        const { status, headers, body } = reply
        resolve({ status, ok: status >= 200 && status < 300, headers: { get: (name: string) => headers.get(name) ?? null }, text: async () => body })
      })
    })

  const sendBeacon = (url: string, body: TextBlob | string): boolean => {
    if (!page.isAlive()) return false
    const request = toReceived(url, body, 'beacon')
    if (keptBytes + request.bytes > keepalivePool) return false
    keptBytes += request.bytes
    deliver(request, () => (keptBytes -= request.bytes))
    return true
  }

  /** Requests that the browser keeps until the document is destroyed. */
  const kept = new Set<() => void>()
  const fetchLater = (url: string, { body, signal }: Init): void => {
    const request = toReceived(url, body, 'later')
    const send = (): void => deliver({ ...request, at: clock.now(), elapsed: clock.elapsed() }, () => undefined)
    kept.add(send)
    signal?.addEventListener('abort', () => kept.delete(send))
  }

  return {
    fetch,
    sendBeacon,
    fetchLater,
    /** The document is destroyed. */
    destroy: (): void => kept.forEach(send => send()),
  }
}
