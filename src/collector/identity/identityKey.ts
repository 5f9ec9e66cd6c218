import { createPublicKey } from 'node:crypto'
import type { JWK } from 'jose'
import { checkList, checkNumber, checkObject, checkSecret, checkText, checkThat, checkWord, OptionError, type Check } from '../settings/check.ts'

/** How identity tokens may be signed: with a key pair. A shared secret would let everybody who can verify a token make one. */
export const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const

export type Algorithm = (typeof algorithms)[number]

/** Where the public keys of a site's identity tokens are, and what a token has to say. One of `jwksUrl`, `jwks` and `pem` is given. */
export interface IdentityKey {
  /** Address of a JSON Web Key Set: `https`, or `http` on this machine. It is fetched when the first token comes. */
  jwksUrl?: string
  /** The key set itself. */
  jwks?: { keys: JWK[] }
  /** One public key or certificate, as PEM. */
  pem?: string
  /** Default: all of `algorithms`, as far as the key is for them. */
  algorithms?: Algorithm[]
  /** What `iss` has to be. Default: it is not looked at. */
  issuer?: string
  /** What `aud` has to be, or have in it. Default: the id of the site, so that a token for another site is worth nothing here. */
  audience?: string
  /** Which type of customer id the tokens prove, e.g. `crm`. Default: whichever the page names. */
  type?: string
  /** Seconds by which the clocks of signer and collector may differ. Default 30. */
  clockToleranceSeconds?: number
  /** Who may use a token: the session that brought it first, or all sessions of that visitor. Default `session`. */
  boundTo?: 'session' | 'visitor'
}

const isLocal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

const isKeyAddress = (value: unknown): value is string => {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url)))
}

const isKeySet = (value: unknown): value is { keys: JWK[] } => {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined
  return Array.isArray(keys) && keys.length > 0 && keys.every(key => typeof key === 'object' && key !== null && 'kty' in key && !('d' in key) && key.kty !== 'oct')
}

const checkPem: Check<string> = (value, key) => {
  const text = checkText(value, key)
  if (/PRIVATE KEY/.test(text)) throw new OptionError(key, 'expected a public key, got a private one: it belongs to whoever signs the tokens, and nowhere else')
  try {
    createPublicKey(text)
  } catch {
    throw new OptionError(key, 'expected a public key or a certificate as PEM: -----BEGIN PUBLIC KEY----- and so on')
  }
  return text
}

const checkFields = checkObject<IdentityKey>({
  jwksUrl: checkThat('an https address', isKeyAddress),
  jwks: checkSecret('a JSON Web Key Set of public keys: {"keys": [{"kty": …}]}', isKeySet),
  pem: checkPem,
  algorithms: checkList(checkWord(algorithms)),
  issuer: checkText,
  audience: checkText,
  type: checkText,
  clockToleranceSeconds: checkNumber(0, 600),
  boundTo: checkWord(['session', 'visitor'] as const),
})

const sources = ['jwksUrl', 'jwks', 'pem'] as const

const checkIdentityKey: Check<IdentityKey> = (value, key) => {
  const checked = checkFields(value, key)
  const given = sources.filter(name => checked[name] !== undefined)
  if (given.length !== 1) throw new OptionError(key, `expected one of ${sources.join(', ')}, got ${given.length ? given.join(' and ') : 'none'}`)
  if (checked.algorithms?.length === 0) throw new OptionError(`${key}.algorithms`, 'expected one or more')
  return checked
}

/** Checks `identityKeys` of a site. */
export const checkIdentityKeys: Check<IdentityKey[]> = checkList(checkIdentityKey)
