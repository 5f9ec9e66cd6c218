import { createHash } from 'node:crypto'
import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose'
import type { Identify } from '../../model/event.ts'
import type { Site } from '../site.ts'
import { algorithms, type IdentityKey } from './identityKey.ts'
import type { IdentityProof, TokenRefusal } from './identityProof.ts'
import { KeysUnavailableError, openKeySource, type KeySource } from './openKeySource.ts'

/** What became of a token. */
export type TokenVerdict = { proof: IdentityProof } | { refusal: TokenRefusal; cause?: unknown }

export interface TokenQuestion {
  site: string
  /** The event that carries the token. */
  event: Identify
  token: string
  /** Clock of the collector, milliseconds since 1970: what a page says of the time is no evidence. */
  receivedAt: number
}

/** Decides what a token proves. Never throws. */
export type TokenVerifier = (question: TokenQuestion) => Promise<TokenVerdict>

/** Claim in which a token may name the one session that it is for. */
export const sessionClaim = 'sojourn_session'

const usualTolerance = 30

interface OpenKey {
  key: IdentityKey
  source: KeySource
  options: JWTVerifyOptions
  /** Milliseconds. */
  tolerance: number
}

const byClaim: Record<string, TokenRefusal> = { iss: 'issuer', aud: 'audience', nbf: 'not-yet-valid' }

/** What an error of jose says about the token. */
const toRefusal = (cause: unknown): TokenRefusal => {
  if (cause instanceof KeysUnavailableError) return 'keys-unavailable'
  if (cause instanceof errors.JWTExpired) return 'expired'
  if (cause instanceof errors.JWTClaimValidationFailed) return cause.reason === 'missing' ? 'claims' : (byClaim[cause.claim] ?? 'claims')
  if (cause instanceof errors.JOSEAlgNotAllowed || cause instanceof errors.JOSENotSupported || cause instanceof TypeError) return 'algorithm'
  if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) return 'unknown-key'
  return cause instanceof errors.JWSSignatureVerificationFailed ? 'signature' : 'malformed'
}

/** Refusals that say no more than that a token belongs to another key: where a site has several, what another key says tells more. */
const isForeign = (refusal: TokenRefusal): boolean => ['unknown-key', 'signature', 'algorithm'].includes(refusal)

/** The claims, when the signature is right, and they are for this site and this time. Where keys have no names, each is tried. */
const readClaims = async (token: string, { source, options }: OpenKey, currentDate: Date): Promise<JWTPayload> => {
  const timed = { ...options, currentDate }
  try {
    const { payload } = typeof source === 'function' ? await jwtVerify(token, source, timed) : await jwtVerify(token, source, timed)
    return payload
  } catch (cause) {
    if (!(cause instanceof errors.JWKSMultipleMatchingKeys)) throw cause
    let failure: unknown = cause
    for await (const key of cause) {
      try {
        return (await jwtVerify(token, key, timed)).payload
      } catch (other) {
        if (!(other instanceof errors.JWSSignatureVerificationFailed)) throw other
        failure = other
      }
    }
    throw failure
  }
}

/** Names what was signed, not the signature: of that there may be several for one token (ECDSA), and a copy must not pass for another one. */
const toName = (token: string): string => createHash('sha256').update(token.slice(0, token.lastIndexOf('.'))).digest('base64url')

const judge = async ({ event, token, receivedAt }: TokenQuestion, open: OpenKey): Promise<TokenVerdict> => {
  const { key, tolerance } = open
  try {
    const claims = await readClaims(token, open, new Date(receivedAt))
    const { id, type } = event.customer
    if (claims.sub !== id || (key.type !== undefined && key.type !== type)) return { refusal: 'customer' }
    const session = claims[sessionClaim]
    if (session !== undefined && session !== event.session) return { refusal: 'session' }
    // As JSON, and in a column of whole numbers, there is nothing beyond: a token that names no real end lasts that long.
    const until = Math.min(claims.exp! * 1000 + tolerance, Number.MAX_SAFE_INTEGER)
    return { proof: { event: event.id, token: toName(token), until, boundTo: key.boundTo ?? 'session' } }
  } catch (cause) {
    return { refusal: toRefusal(cause), cause }
  }
}

/**
 * Opens the keys of all sites.
 *
 * @param now milliseconds since 1970; for how long fetched keys are good
 */
export const createTokenVerifier = (sites: readonly Site[], now: () => number): TokenVerifier => {
  const open = (key: IdentityKey, site: string): OpenKey => {
    const tolerance = key.clockToleranceSeconds ?? usualTolerance
    const options: JWTVerifyOptions = {
      algorithms: [...(key.algorithms ?? algorithms)],
      audience: key.audience ?? site,
      ...(key.issuer !== undefined && { issuer: key.issuer }),
      clockTolerance: tolerance,
      requiredClaims: ['exp', 'sub'],
    }
    return { key, source: openKeySource(key, { now }), options, tolerance: tolerance * 1000 }
  }
  const bySite = new Map(sites.map(({ id, identityKeys = [] }) => [id, identityKeys.map(key => open(key, id))]))

  return async question => {
    let verdict: TokenVerdict = { refusal: 'no-keys' }
    for (const each of bySite.get(question.site) ?? []) {
      const next = await judge(question, each)
      if ('proof' in next) return next
      if (!('refusal' in verdict) || verdict.refusal === 'no-keys' || isForeign(verdict.refusal)) verdict = next
    }
    return verdict
  }
}
