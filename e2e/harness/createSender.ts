import { gzipSync } from 'node:zlib'
import type { BatchResult, Event } from '../../src/model/index.ts'
import { createIds } from '../../src/tracker/browser/ids.ts'
import { toBatch } from './toBatch.ts'

export interface SenderOptions {
  /** Address of the collector. */
  url: string
  site: string
  /** Address of the visitor, as a proxy before the collector would tell it. */
  address: string
  /** Events in each batch. */
  size: number
  /** What an event says. Default: its number. */
  toAttributes?(seq: number): Record<string, string | number>
}

/** A visitor without a browser: one session, sent as a tracker sends it, a batch again until it is acknowledged. */
export interface Sender {
  session: string
  /** Ids of all events made so far. */
  made: string[]
  /** Ids of the events that the collector has acknowledged. */
  acknowledged: string[]
  /** Sends batch after batch until the collector cannot be reached or `isEnough` says so. Rejects when it refuses one. */
  send(isEnough: () => boolean): Promise<void>
}

export const createSender = ({ url, site, address, size, toAttributes = number => ({ number }) }: SenderOptions): Sender => {
  const { newId } = createIds()
  const visitor = newId(Date.now())
  const session = newId(Date.now())
  const made: string[] = []
  const acknowledged: string[] = []
  let pending: Event[] = []

  const makeEvent = (): Event => {
    const at = Date.now()
    const seq = made.length
    const id = seq ? newId(at) : session
    made.push(id)
    const page = { url: `https://shop.example.com/${seq}`, title: `Page ${seq}` }
    const common = { id, at, session, seq, tab: 'sender', page, ...(!seq && { start: { type: 'web', index: 1 } }) }
    return seq % 3 ? { ...common, type: 'custom', eventName: 'viewed', attributes: toAttributes(seq) } : { ...common, type: 'pageview' }
  }

  const toBody = (events: Event[]): string | Buffer<ArrayBuffer> => {
    const text = JSON.stringify(toBatch({ site, visitor: { id: visitor }, events }))
    return made.length % 2 ? text : gzipSync(text)
  }

  /** @returns whether the collector answered */
  const sendPending = async (): Promise<boolean> => {
    const headers = { 'content-type': 'text/plain', 'x-forwarded-for': address }
    const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: toBody(pending) }).catch(() => undefined)
    // A reply that was cut off says nothing of the batch, as none does.
    const text = await response?.text().catch(() => undefined)
    if (response === undefined || text === undefined) return false
    if (response.status !== 200) throw new Error(`the collector answered ${response.status}: ${text}`)
    const { accepted, duplicates, rejected } = JSON.parse(text) as BatchResult
    if (rejected.length || accepted + duplicates < pending.length) throw new Error(`not all of ${pending.length} events were taken: ${text}`)
    acknowledged.push(...pending.map(({ id }) => id))
    pending = []
    return true
  }

  return {
    session,
    made,
    acknowledged,
    send: async isEnough => {
      while (pending.length || !isEnough()) {
        if (!pending.length) pending = Array.from({ length: size }, makeEvent)
        if (!(await sendPending())) return
      }
    },
  }
}
