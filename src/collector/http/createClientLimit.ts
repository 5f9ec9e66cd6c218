import type { FastifyRequest } from 'fastify'
import { createAddressLimit } from '../ingest/createAddressLimit.ts'
import { createClientAddress } from '../enrich/clientAddress.ts'
import { createRateLimit, type RateLimitRule } from '../rateLimit.ts'

export interface ClientLimitOptions {
  /** `false` or absent: as often as they like. */
  rule: RateLimitRule | false | undefined
  trustedProxies: readonly string[]
  /** Milliseconds that never go back. */
  monotonicNow(): number
}

/**
 * Creates the bound of how often the clients at one address may ask. It is looked at before their key: guessing keys is asking, too.
 *
 * @returns a function that throws a ProblemError `too-many-requests`
 */
export const createClientLimit = ({ rule, trustedProxies, monotonicNow }: ClientLimitOptions) => {
  const toAddress = createClientAddress(trustedProxies)
  const limit = rule ? createAddressLimit(createRateLimit(rule, monotonicNow)) : undefined
  return ({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): void =>
    limit?.(toAddress(socket.remoteAddress, headers['x-forwarded-for']?.toString()))
}
