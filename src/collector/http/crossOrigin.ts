import type { onRequestHookHandler } from 'fastify'

/**
 * Headers that let the page read every answer, a refusal too: one that it cannot read looks to it like a collector that is not there, and it
 * would try again for ever. What is told is about the page's own batch.
 */
export const toCrossOriginHeaders = (origin: string | undefined) =>
  origin ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after', vary: 'origin' } : {}

/** Puts them on the answer. */
export const allowCrossOrigin: onRequestHookHandler = ({ headers: { origin } }, reply, done) => {
  reply.headers(toCrossOriginHeaders(origin))
  done()
}

/** Headers of the answer to a browser that asks before it sends, for a method. */
export const toCrossOriginPreflight = (method: string) => ({
  'access-control-allow-methods': method,
  'access-control-allow-headers': 'content-type',
  // A day; browsers cut it to what they allow.
  'access-control-max-age': '86400',
})
