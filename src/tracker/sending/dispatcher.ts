import type { Event } from '../../model/index.ts'
import type { Core } from '../core.ts'
import { createEncoder } from './encoder.ts'
import { addLost } from '../store/lost.ts'
import { createPace } from './pace.ts'
import type { Reply } from '../platform.ts'
import { shareRun } from '../shareRun.ts'
import type { Store } from '../store/store.ts'

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
/** Bytes and age, in milliseconds, of the request that the browser keeps for a page that dies; its quota is 64 KiB (fetchLater). */
const laterBytes = 40_000
const laterDelay = 1000

/**
 * Answers after which the same request would be refused again. That somebody wants to know who is there, or that there is nothing, counts
 * when the collector itself says it: else it is a proxy, behind which the collector is being updated. But whoever forbids may mean what is
 * in the batch, as firewalls do, and others would wait for it in vain.
 */
const isPermanent = (status: number, [, text]: readonly string[]): boolean => /^4(?!08|25|29|0[1457](?!.*urn:sojourn))/s.test(status + text!)

/**
 * When and how the outbox is sent: a batch at a time, by one tab at a time, and again with growing pauses while the
 * collector is not there. What to do after each answer is decided in one place, `settle`.
 */
export const createDispatcher = (core: Core, store: Pick<Store, 'pending' | 'acknowledge' | 'drop' | 'unacknowledged'>) => {
  const { platform, emit, fail } = core
  const { batch } = core.settings
  const { encode, fit } = createEncoder(core)
  let { maxEvents } = batch
  const underway = new Set<string>()

  const notUnderway = (events: readonly Event[]): Event[] => events.filter(({ id }) => !underway.has(id))

  /** @returns whether to go on with the next batch */
  const settle = async (events: readonly Event[], { status, result, retryAfter = 0, cause }: Reply): Promise<boolean> => {
    const ids = events.map(({ id }) => id)
    if (status === 413 && ids.length > 1) {
      maxEvents = Math.ceil(ids.length / 2)
      return true
    }
    if (!result && !isPermanent(status, cause!)) {
      if (pace.fail(retryAfter) === 1) void fail('unreachable', status, ...cause!)
      await store.drop()
      return false
    }
    const reason = result ? 'rejected' : status === 413 ? 'tooLarge' : 'refused'
    const isLost = ({ id }: Event): boolean => !result || result.rejected.some(other => other.id === id)
    await store.acknowledge(ids, result?.session, addLost(events.filter(isLost), reason))
    if (result) {
      pace.succeed()
      maxEvents = batch.maxEvents
      emit('delivered', result)
      for (const { id, reason } of result.rejected) void fail('rejected', id, reason)
    } else void fail(reason, status, ...cause!)
    return true
  }

  /** Lets the browser have what is not acknowledged, to be sent if this page dies without a word. */
  const planLater = platform.createAlarm(() => {
    const events = fit(store.unacknowledged(), laterBytes)
    platform.later!(events.length ? encode(events, { deferred: true }) : undefined)
  })
  const keepReady = (): void => {
    if (platform.later) planLater(laterDelay)
  }

  /** Sends a batch; its events are not sent a second time meanwhile. */
  const send = async (events: readonly Event[], isLast?: boolean): Promise<Reply> => {
    // Compressing takes its time: a page that is left meanwhile sends these events, so they are under way only after it.
    const body = isLast ? encode(events, {}) : await platform.pack(encode(events))
    for (const { id } of events) underway.add(id)
    const reply = await platform.send(body, isLast)
    for (const { id } of events) underway.delete(id)
    keepReady()
    return reply
  }

  const drain = async (): Promise<void> => {
    for (;;) {
      const size = maxEvents
      // One more than go together, to see whether there are more.
      const pending = notUnderway(await store.pending(size + underway.size + 1))
      const events = fit(pending, batch.maxBytes, size)
      // An answer after the tracker was stopped still counts: what it acknowledges need not be sent again.
      if (!events.length || platform.isStopped() || !(await settle(events, await send(events)))) return
      // All that was stored has gone. What has come meanwhile waits for company: it would follow alone, and the next one after it.
      if (events.length === pending.length && size <= maxEvents) return void (store.unacknowledged().length && pace.plan(batch.maxDelayMs))
    }
  }

  /** Sends what is pending now, unless a pause is to be kept; resolves when that was tried. */
  const flush = shareRun(async () => {
    // What other tabs have stored is of a visitor whom a page without a session does not know.
    if (pace.isPaused() || !core.known()) return
    pace.callOff()
    // Another tab that is sending now may have looked at the outbox before this tab's events were in it: look again later.
    if (!(await platform.exclusively(drain))) pace.plan(batch.maxDelayMs)
  })
  const pace = createPace(core, flush)

  return {
    flush,
    /** Plans sending, unless the collector has failed: then the pause stands. */
    schedule: (delay: number): void => {
      keepReady()
      pace.schedule(delay)
    },
    resume: pace.resume,
    pause: pace.ask,
    /**
     * Sends as the page goes, in requests that outlive it, as much as the browser takes. What it does not take stays in the
     * outbox or the spill, and so does what it takes until the collector has acknowledged it.
     */
    leave: (events: readonly Event[]): void => {
      let rest = notUnderway(events)
      // A request that is unanswered may be one that never will be: the machine has slept since.
      const isAllFresh = rest.length === events.length
      while (!pace.isPaused() && rest.length && platform.room() > smallestRequest) {
        const last = fit(rest, Math.min(platform.room() / 2, lastBytes))
        rest = rest.slice(last.length)
        // On a page that lives on the answer counts like any other; no answer means nothing, the events are still in the outbox.
        void send(last, true).then(reply => !!reply.status && settle(last, reply))
      }
      // What went out just now need not be sent once more after the page.
      if (isAllFresh && !rest.length) platform.later?.()
    },
  }
}
