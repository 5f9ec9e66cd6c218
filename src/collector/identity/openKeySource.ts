import { createPublicKey } from 'node:crypto'
import { createLocalJWKSet, createRemoteJWKSet, errors, type CryptoKey, type JWK, type JWTVerifyGetKey, type KeyObject } from 'jose'
import type { IdentityKey } from './identityKey.ts'

/** The keys cannot be had now. Says nothing about the token. */
export class KeysUnavailableError extends Error {
  constructor(url: string, cause: unknown) {
    super(`${url} cannot be fetched (${cause instanceof Error ? cause.message : String(cause)})`, { cause })
    this.name = 'KeysUnavailableError'
  }
}

/** A key, or a function that finds one by the token's header. */
export type KeySource = KeyObject | JWTVerifyGetKey<CryptoKey>

/** Milliseconds that a fetch may take: a page waits for its answer meanwhile. */
const fetchTimeout = 3000

/** Milliseconds between two fetches: after one that failed, and because of a key that nobody knows. */
const pause = 30_000

/** Milliseconds after which keys are fetched again, and for which they are still good when that fails. */
const ages = { fresh: 600_000, usable: 86_400_000 } as const

/** What jose finds wrong with a token or a key set; everything else is about the fetch. */
const isAboutKeys = (cause: unknown): boolean =>
  cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys || cause instanceof errors.JOSENotSupported

interface RemoteOptions {
  /** Milliseconds since 1970. */
  now(): number
}

/** Keys of an address: fetched once for all who wait, and not at once again after a failure. */
const openRemote = (url: string, { now }: RemoteOptions): JWTVerifyGetKey<CryptoKey> => {
  const remote = createRemoteJWKSet(new URL(url), { timeoutDuration: fetchTimeout, cooldownDuration: pause, cacheMaxAge: ages.fresh })
  let last: { keys: JWTVerifyGetKey<CryptoKey>; at: number } | undefined
  let failure: { error: KeysUnavailableError; at: number } | undefined

  const findOlder: JWTVerifyGetKey<CryptoKey> = (header, token) => {
    if (last && now() - last.at < ages.usable) return last.keys(header, token)
    throw failure!.error
  }

  return async (header, token) => {
    // A clock that was set back says nothing of how long ago that was.
    if (failure && Math.abs(now() - failure.at) < pause) return findOlder(header, token)
    try {
      const key = await remote(header, token)
      failure = undefined
      last = { keys: createLocalJWKSet(remote.jwks()!), at: now() }
      return key
    } catch (cause) {
      if (isAboutKeys(cause)) throw cause
      failure = { error: new KeysUnavailableError(url, cause), at: now() }
      return findOlder(header, token)
    }
  }
}

/** Opens the keys that a configuration names. Nothing is fetched yet. */
export const openKeySource = ({ jwksUrl, jwks, pem }: IdentityKey, options: RemoteOptions): KeySource => {
  if (pem !== undefined) return createPublicKey(pem)
  if (jwksUrl !== undefined) return openRemote(jwksUrl, options)
  return createLocalJWKSet(jwks as { keys: JWK[] })
}
