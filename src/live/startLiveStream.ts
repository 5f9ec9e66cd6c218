import { createSseParser, type SseMessage } from './sse.ts'
import type { Connection } from './state.ts'

/** What the stream needs from around it. */
export interface LiveStreamOptions {
  open: (signal: AbortSignal) => Promise<Response>
  /** The stream is open: what happens from now on will be heard. */
  onOpen: () => void
  onMessages: (messages: SseMessage[]) => void
  onConnection: (connection: Connection) => void
  /** Milliseconds since 1970. */
  now: () => number
  /** A number from 0 to 1. */
  random: () => number
  /** Calls back after so many milliseconds; returns the cancellation. */
  schedule: (milliseconds: number, callback: () => void) => () => void
}

/** A running stream. */
export interface LiveStream {
  /** Does not wait for the next try. */
  retryNow(): void
  stop(): void
}

/** The collector sends something at least every 15 seconds; a stream that is silent for longer than this is dead. */
const silenceMs = 40_000

/** The longest wait between two tries. */
const longestWaitMs = 30_000

/** Half of the wait is random, so that many readers do not return in the same moment. */
const toWait = (failures: number, random: number): number => Math.min(longestWaitMs, 500 * 2 ** failures) * (0.5 + random / 2)

/**
 * Keeps a stream of changes open: reads it, and when it breaks off or falls silent (a laptop that slept) opens it again,
 * waiting longer after each failure.
 *
 * ```text
 *  connecting --opened--> live --broken, silent--> waiting --time over, retryNow--> connecting
 *       '------------------failed--------------------^
 * ```
 */
export const startLiveStream = (options: LiveStreamOptions): LiveStream => {
  const { open, onOpen, onMessages, onConnection, now, random, schedule } = options
  let stopped = false
  let failures = 0
  let current = new AbortController()
  let cancelWait: (() => void) | undefined

  const read = async (body: ReadableStream<Uint8Array>, controller: AbortController): Promise<void> => {
    const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader()
    const parser = createSseParser()
    for (;;) {
      const cancelSilence = schedule(silenceMs, () => controller.abort())
      const { done, value } = await reader.read().finally(cancelSilence)
      if (done) return
      const messages = parser.push(value)
      failures = 0
      if (messages.length && !stopped) onMessages(messages)
    }
  }

  const waitToRetry = (): void => {
    const wait = toWait(failures, random())
    failures += 1
    onConnection({ phase: 'waiting', until: now() + wait })
    cancelWait = schedule(wait, connect)
  }

  const follow = async (controller: AbortController): Promise<void> => {
    const cancelSilence = schedule(silenceMs, () => controller.abort())
    const response = await open(controller.signal).finally(cancelSilence)
    if (stopped || !response.body) return
    onConnection({ phase: 'live' })
    onOpen()
    await read(response.body, controller)
  }

  const connect = (): void => {
    cancelWait = undefined
    current = new AbortController()
    onConnection({ phase: 'connecting' })
    // However it ends, by an error or the end of the stream, the answer is the same: try again later.
    const goOn = (): void => {
      if (!stopped) waitToRetry()
    }
    follow(current).then(goOn, goOn)
  }

  connect()
  return {
    retryNow() {
      if (stopped || !cancelWait) return
      cancelWait()
      connect()
    },
    stop() {
      stopped = true
      cancelWait?.()
      current.abort()
    },
  }
}
