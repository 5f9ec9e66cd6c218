import type { Event } from '../model/index.ts'
import { toBackoff } from './backoff.ts'
import type { Core } from './core.ts'
import { encode, fitEvents } from './encode.ts'
import { addLost } from './lost.ts'
import type { Reply } from './platform.ts'
import { shareRun } from './shareRun.ts'
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
export const createDispatcher = (core: Core, store: Pick<Store, 'pending' | 'acknowledge'>) => {
  const { platform, emit, fail } = core
  const { batch } = core.settings
  let failures = 0
  let { maxEvents } = batch
  let dueAt = Infinity
  const underway = new Set<string>()

  const notUnderway = (events: readonly Event[]): Event[] => events.filter(({ id }) => !underway.has(id))

  /** Sends what is pending some milliseconds from now, or sooner when that was planned already. */
  const plan = (delay: number): void => {
    const due = platform.now() + delay
    if (due >= dueAt) return
    dueAt = due
    planFlush(delay)
  }

  /** @returns whether to go on with the next batch */
  const settle = async (events: readonly Event[], { status, result, retryAfter }: Reply): Promise<boolean> => {
    const ids = events.map(({ id }) => id)
    if (status === 413 && ids.length > 1) {
      maxEvents = Math.ceil(ids.length / 2)
      return true
    }
    if (!result && !isPermanent(status)) {
      if (!failures++) fail('unreachable', `events wait, status ${status}`)
      // Whatever was planned before the answer does not shorten the pause.
      dueAt = Infinity
      plan(toBackoff(failures, platform.random(), retryAfter))
      return false
    }
    const reason = result ? 'rejected' : status === 413 ? 'tooLarge' : 'refused'
    const isLost = ({ id }: Event): boolean => !result || result.rejected.some(other => other.id === id)
    await store.acknowledge(ids, result?.session, addLost(events.filter(isLost), reason))
    if (result) {
      failures = 0
      maxEvents = batch.maxEvents
      emit('delivered', result)
      for (const { id, reason } of result.rejected) fail('rejected', `event ${id}: ${reason}`)
    } else fail(reason, `${ids.length} events dropped, status ${status}`)
    return true
  }

  /** Sends a batch; its events are not sent a second time meanwhile. */
  const send = async (events: readonly Event[], isLast?: boolean): Promise<Reply> => {
    for (const { id } of events) underway.add(id)
    try {
      return await platform.send(encode(core, events), isLast)
    } finally {
      for (const { id } of events) underway.delete(id)
    }
  }

  const drain = async (): Promise<void> => {
    for (;;) {
      const events = fitEvents(notUnderway(await store.pending(maxEvents + underway.size)), batch.maxBytes, maxEvents)
      // An answer after the tracker was stopped still counts: what it acknowledges need not be sent again.
      if (!events.length || platform.isStopped() || !(await settle(events, await send(events)))) return
    }
  }

  /** Sends what is pending now; resolves when that was tried. */
  const flush = shareRun(async () => {
    dueAt = Infinity
    // Another tab that is sending now may have looked at the outbox before this tab's events were in it: look again later.
    if (!(await platform.exclusively(drain))) plan(batch.maxDelayMs)
  })
  const planFlush = platform.createAlarm(flush)

  return {
    flush,
    /** Plans sending, unless the collector has failed: then the pause stands. */
    schedule: (delay: number): void => {
      if (!failures) plan(delay)
    },
    /**
     * Sends as the page goes, in requests that outlive it, as much as the browser takes. What it does not take stays in the
     * outbox or the spill, and so does what it takes until the collector has acknowledged it.
     */
    leave: (events: readonly Event[]): void => {
      let rest = notUnderway(events)
      while (rest.length && platform.room() > smallestRequest) {
        const last = fitEvents(rest, Math.min(platform.room() / 2, lastBytes))
        rest = rest.slice(last.length)
        // On a page that lives on the answer counts like any other; no answer means nothing, the events are still in the outbox.
        void send(last, true).then(reply => reply.status === 200 && settle(last, reply))
      }
    },
  }
}
