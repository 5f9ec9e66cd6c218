import type { Event } from '../model/index.ts'
import { toBackoff } from './backoff.ts'
import type { Emitter } from './emitter.ts'
import { encode, fitEvents, type Envelope } from './encode.ts'
import type { Platform, Reply } from './platform.ts'
import type { Store } from './store.ts'

/** How events are gathered into requests. */
export interface BatchOptions {
  /** Events in a request at most. Default 250. */
  maxEvents: number
  /** Bytes of a request at most, before compression. Default 60,000: what `keepalive` can carry. */
  maxBytes: number
  /** Milliseconds that an event waits for others at most. Default 5000. */
  maxDelayMs: number
}

export interface DispatcherOptions {
  platform: Pick<Platform, 'transport' | 'exclusively' | 'now' | 'after' | 'random'>
  settings: { batch: BatchOptions }
  envelope(): Envelope
  store: Pick<Store, 'pending' | 'acknowledge'>
  emit: Emitter['emit']
  fail: Emitter['fail']
}

/** Bytes of a last request: several fit into what a leaving page may send, and a refused one does not take all with it. */
const lastBytes = 16_000
/** Bytes below which no request with an event in it fits. */
const smallestRequest = 2000

/** Answers after which the same request would be refused again. */
const isPermanent = (status: number): boolean => /^4(?!08|25|29)/.test(String(status))

/**
 * When and how the outbox is sent: a batch at a time, by one tab at a time, and again with growing pauses while the
 * collector is not there. What to do after each answer is decided in one place, `settle`.
 */
export const createDispatcher = ({ platform, settings: { batch }, envelope, store, emit, fail }: DispatcherOptions) => {
  let failures = 0
  let maxEvents = batch.maxEvents
  let cancelTimer: (() => void) | undefined
  let dueAt = Infinity
  let running: Promise<void> | undefined
  let stopped = false
  const underway = new Set<string>()

  /** @returns whether to go on with the next batch */
  const settle = async (events: readonly Event[], { status, result, retryAfter }: Reply): Promise<boolean> => {
    const ids = events.map(event => event.id)
    if (status === 200 && result) {
      failures = 0
      maxEvents = batch.maxEvents
      await store.acknowledge(ids, result.session)
      emit('delivered', result)
      for (const { id, reason } of result.rejected) fail('rejected', `event ${id} rejected: ${reason}`)
      return true
    }
    if (status === 413 && events.length > 1) {
      maxEvents = Math.ceil(events.length / 2)
      return true
    }
    if (isPermanent(status)) {
      await store.acknowledge(ids, undefined)
      fail(status === 413 ? 'tooLarge' : 'refused', `${ids.length} events dropped, the collector refused them with status ${status}`)
      return true
    }
    if (!failures++) fail('unreachable', `events wait, the collector answered with status ${status}`)
    schedule(toBackoff(failures, platform.random(), retryAfter))
    return false
  }

  /** Sends a batch; its events are not sent a second time meanwhile. */
  const send = async (events: readonly Event[], isLast = false): Promise<Reply> => {
    for (const event of events) underway.add(event.id)
    try {
      return await platform.transport.send(encode(envelope(), events), isLast)
    } finally {
      for (const event of events) underway.delete(event.id)
    }
  }

  const drain = async (): Promise<void> => {
    for (;;) {
      const waiting = (await store.pending(maxEvents + underway.size)).filter(event => !underway.has(event.id))
      const events = fitEvents(waiting, maxEvents, batch.maxBytes)
      // An answer after the tracker was stopped still counts: what it acknowledges need not be sent again.
      if (!events.length || stopped || !(await settle(events, await send(events)))) return
    }
  }

  const run = async (): Promise<void> => {
    dueAt = Infinity
    cancelTimer?.()
    try {
      // Another tab that is sending now may have looked at the outbox before this tab's events were in it: look again later.
      if (!(await platform.exclusively(drain))) schedule(batch.maxDelayMs)
    } finally {
      running = undefined
    }
  }

  /** Sends what is pending now; resolves when that was tried. */
  const flush = (): Promise<void> => (running ??= run())

  /** Sends what is pending some milliseconds from now, or sooner when that was planned already. */
  const schedule = (delay: number): void => {
    const due = platform.now() + delay
    if (stopped || due >= dueAt) return
    cancelTimer?.()
    dueAt = due
    cancelTimer = platform.after(delay, () => void flush())
  }

  return {
    flush,
    /** Plans sending, unless the collector has failed: then the pause stands. */
    schedule: (delay: number): void => {
      if (!failures) schedule(delay)
    },
    /** Sends at once after a pause, because the browser says that it is online again. */
    wake: (): void => {
      dueAt = Infinity
      schedule(0)
    },
    /**
     * Sends as the page goes, in requests that outlive it, as much as the browser takes. What it does not take stays in the
     * outbox or the spill, and so does what it takes until the collector has acknowledged it.
     */
    leave: (events: readonly Event[]): void => {
      let rest = events.filter(event => !underway.has(event.id))
      while (rest.length && platform.transport.room() > smallestRequest) {
        const last = fitEvents(rest, rest.length, Math.min(platform.transport.room() / 2, lastBytes))
        rest = rest.slice(last.length)
        // On a page that lives on the answer counts like any other; no answer means nothing, the events are still in the outbox.
        void send(last, true).then(reply => reply.status === 200 && settle(last, reply))
      }
    },
    stop: (): void => {
      cancelTimer?.()
      stopped = true
    },
  }
}

export type Dispatcher = ReturnType<typeof createDispatcher>
