import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose'
import { idOf, start } from '../batches.ts'
import type { Identify } from '../../../src/model/index.ts'

/** A pair of keys, as a site has one. */
export interface Signer {
  jwk: JWK
  pem: string
  /** Signs for the customer `c-1` of the site `shop`, valid for ten minutes from `start` on; `claims` differ from that. */
  sign(claims?: Record<string, unknown>, header?: { alg?: string; kid?: string | undefined; jwk?: JWK }): Promise<string>
}

/** Seconds since 1970, as tokens have them. */
export const seconds = (at: number): number => Math.floor(at / 1000)

export const usualClaims: JWTPayload = { sub: 'c-1', aud: 'shop', exp: seconds(start) + 600 }

export const createSigner = async (alg = 'ES256', kid = 'key-1'): Promise<Signer> => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg },
    pem: await exportSPKI(publicKey),
    sign: (claims = {}, { kid: named = kid, ...header } = {}) =>
      new SignJWT({ ...usualClaims, ...claims }).setProtectedHeader({ alg, ...(named && { kid: named }), ...header }).sign(privateKey),
  }
}

/** An event in which a page says who the visitor is. */
export const identifyOf = (n: number, more: Partial<Identify> = {}): Identify => ({
  id: idOf(n),
  type: 'identify',
  at: start + 10,
  session: idOf(1),
  seq: 1,
  tab: 'tab-1',
  customer: { id: 'c-1', type: 'crm' },
  ...more,
})
