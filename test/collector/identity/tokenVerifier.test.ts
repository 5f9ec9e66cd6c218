import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createTokenVerifier } from '../../../src/collector/identity/createTokenVerifier.ts'
import type { IdentityKey } from '../../../src/collector/identity/identityKey.ts'
import { idOf, start } from '../batches.ts'
import { createSigner, identifyOf, seconds, usualClaims, type Signer } from './tokens.ts'

let signer: Signer
let other: Signer
let rsa: Signer
beforeAll(async () => {
  ;[signer, other, rsa] = await Promise.all([createSigner(), createSigner('ES256', 'key-2'), createSigner('RS256', 'rsa')])
})

/** What a token proves to a site with these keys. */
const judge = async (token: string, keys: IdentityKey[], { event = identifyOf(2), receivedAt = start } = {}): Promise<unknown> => {
  const verify = createTokenVerifier([{ id: 'shop', origins: [], identityKeys: keys }], () => receivedAt)
  const verdict = await verify({ site: 'shop', event, token, receivedAt })
  return 'proof' in verdict ? verdict.proof : verdict.refusal
}

const proof = { event: idOf(2), token: expect.stringMatching(/^[\w-]{43}$/) as string, until: start + 630_000, boundTo: 'session' }

/** The two ways in which a site may have a key. */
const forms: [form: string, toKey: (signer: Signer) => IdentityKey][] = [
  ['a key set', ({ jwk }) => ({ jwks: { keys: [jwk] } })],
  ['PEM', ({ pem }) => ({ pem })],
]

const jwksOf = (...signers: Pick<Signer, 'jwk'>[]): IdentityKey => ({ jwks: { keys: signers.map(({ jwk }) => jwk) } })

describe('a token', () => {
  test('signed with the key of the site proves who the customer is', async () => {
    const token = await signer.sign()
    expect(await judge(token, [jwksOf(signer)])).toEqual(proof)
    expect(await judge(token, [{ pem: signer.pem }])).toEqual(proof)
    expect(await judge(await rsa.sign(), [{ pem: rsa.pem }])).toEqual(proof)
    expect(await judge(token, [jwksOf(other), { pem: rsa.pem }, jwksOf(other, signer)])).toEqual(proof)
  })

  test('of a key without a name is tried with every key that has none', async () => {
    const unnamed = [other, signer].map(({ jwk: { kid: _kid, ...jwk } }) => ({ jwk }))
    expect(await judge(await signer.sign({}, { kid: '' }), [jwksOf(...unnamed)])).toEqual(proof)
    expect(await judge(await (await createSigner()).sign({}, { kid: '' }), [jwksOf(...unnamed)])).toBe('signature')
  })

  test('of a site without keys proves nothing', async () => {
    expect(await judge(await signer.sign(), [])).toBe('no-keys')
  })

  const claims: [name: string, claims: Record<string, unknown>, expected: unknown][] = [
    ['that has expired', { exp: seconds(start) - 31 }, 'expired'],
    ['that has expired within the tolerance of clocks', { exp: seconds(start) - 29 }, { ...proof, until: start + 1000 }],
    ['that never expires', { exp: undefined }, 'claims'],
    ['that is not valid yet', { nbf: seconds(start) + 31 }, 'not-yet-valid'],
    ['that is about to be valid', { nbf: seconds(start) + 29 }, proof],
    ['for another audience', { aud: 'bank' }, 'audience'],
    ['for nobody in particular', { aud: undefined }, 'claims'],
    ['for several, this one among them', { aud: ['bank', 'shop'] }, proof],
    ['of another customer', { sub: 'c-2' }, 'customer'],
    ['of no customer', { sub: undefined }, 'claims'],
    ['of a customer whose id is no text', { sub: 1 }, 'customer'],
    ['for the session that brings it', { sojourn_session: idOf(1) }, proof],
    ['for another session', { sojourn_session: idOf(9) }, 'session'],
    ['for any session, in the wrong way', { sojourn_session: [idOf(1)] }, 'session'],
  ]
  describe.each(forms)('of a key that is there as %s,', (_form, toKey) => {
    test.each(claims)('%s', async (_name, given, expected) => {
      expect(await judge(await signer.sign(given), [toKey(signer)])).toEqual(expected)
    })
  })

  test('has to be from the issuer, for the audience and about the type of id that the site names', async () => {
    const key = { ...jwksOf(signer), issuer: 'https://login.example.com', audience: 'api', type: 'crm' }
    const token = await signer.sign({ iss: 'https://login.example.com', aud: 'api' })
    expect(await judge(token, [key])).toEqual(proof)
    expect(await judge(await signer.sign({ iss: 'https://evil.example', aud: 'api' }), [key])).toBe('issuer')
    expect(await judge(await signer.sign({ aud: 'api' }), [key])).toBe('claims')
    expect(await judge(await signer.sign({ iss: 'https://login.example.com' }), [key])).toBe('audience')
    expect(await judge(token, [key], { event: identifyOf(2, { customer: { id: 'c-1', type: 'email' } }) })).toBe('customer')
  })

  test('may be as late as the site wants', async () => {
    const token = await signer.sign({ exp: seconds(start) - 1 })
    expect(await judge(token, [{ ...jwksOf(signer), clockToleranceSeconds: 0 }])).toBe('expired')
    expect(await judge(token, [{ ...jwksOf(signer), clockToleranceSeconds: 5 }])).toEqual({ ...proof, until: start + 4000 })
  })

  test('that names an end beyond all time lasts as long as can be written down', async () => {
    for (const exp of [Number.MAX_VALUE, Number.MAX_SAFE_INTEGER]) {
      expect(await judge(await signer.sign({ exp }), [jwksOf(signer)])).toMatchObject({ until: Number.MAX_SAFE_INTEGER })
    }
  })

  test('counts by the clock of the collector, not by the one of the page', async () => {
    const token = await signer.sign()
    expect(await judge(token, [jwksOf(signer)], { receivedAt: start + 700_000, event: identifyOf(2, { at: start }) })).toBe('expired')
  })
})

describe('a forged token', () => {
  test('that is signed with another key', async () => {
    expect(await judge(await other.sign(), [jwksOf(signer)])).toBe('unknown-key')
    expect(await judge(await other.sign({}, { kid: 'key-1' }), [jwksOf(signer)])).toBe('signature')
    expect(await judge(await other.sign(), [{ pem: signer.pem }])).toBe('signature')
  })

  test('that was changed after it had been signed', async () => {
    const [header, , signature] = (await signer.sign()).split('.')
    const payload = Buffer.from(JSON.stringify({ ...usualClaims, sub: 'c-1', aud: 'shop', extra: 1 })).toString('base64url')
    expect(await judge([header, payload, signature].join('.'), [jwksOf(signer)])).toBe('signature')
  })

  test('that is not signed at all', async () => {
    const token = new UnsecuredJWT(usualClaims).encode()
    expect([await judge(token, [jwksOf(signer)]), await judge(token, [{ pem: signer.pem }])]).toEqual(['algorithm', 'algorithm'])
  })

  test('that takes the public key for a shared secret', async () => {
    const token = await new SignJWT(usualClaims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(rsa.pem))
    expect([await judge(token, [{ pem: rsa.pem }]), await judge(token, [jwksOf(rsa)])]).toEqual(['algorithm', 'algorithm'])
  })

  test.each(forms)('whose algorithm the site does not allow, of a key that is there as %s', async (_form, toKey) => {
    const keys = [signer, rsa].map((each): IdentityKey => ({ ...toKey(each), algorithms: ['RS256'] }))
    expect([await judge(await signer.sign(), keys), await judge(await rsa.sign(), keys)]).toEqual(['algorithm', proof])
  })

  test('that brings its own key', async () => {
    const token = await other.sign({}, { kid: 'key-1', jwk: other.jwk })
    expect(await judge(token, [jwksOf(signer)])).toBe('signature')
  })

  const texts = ['x', '..', 'a.b.c', 'e30.e30.', `${'a'.repeat(30)}.b.c`, '\u0000.\ud800.é', 'null', 'eyJhbGciOiJFUzI1NiJ9.bnVsbA.AAAA']
  test.each(texts)('that is none: %j', async text => {
    expect(await judge(text, [jwksOf(signer), { pem: rsa.pem }])).toMatch(/^(malformed|unknown-key|signature|algorithm)$/)
  })
})

describe('keys at an address', () => {
  /** A server of keys that can be told to fail. */
  const serve = async () => {
    const served = { keys: [signer.jwk], status: 200, requests: 0 }
    const server = createServer((_request, response) => {
      served.requests++
      response.writeHead(served.status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: served.keys }))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return { served, jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json` }
  }

  const open = async () => {
    const { served, jwksUrl } = await serve()
    let now = start
    const verify = createTokenVerifier([{ id: 'shop', origins: [], identityKeys: [{ jwksUrl }] }], () => now)
    const ask = async (token: string): Promise<string> => {
      const verdict = await verify({ site: 'shop', event: identifyOf(2), token, receivedAt: start })
      return 'proof' in verdict ? 'proven' : verdict.refusal
    }
    return { served, ask, pass: (ms: number) => (now += ms) }
  }

  test('are fetched once for all tokens', async () => {
    const { served, ask } = await open()
    const token = await signer.sign()
    expect(await Promise.all([ask(token), ask(token), ask(await other.sign())])).toEqual(['proven', 'proven', 'unknown-key'])
    expect(await ask(token)).toBe('proven')
    expect(served.requests).toBe(1)
  })

  test('that cannot be had say nothing about the token, and are not asked for again at once', async () => {
    const { served, ask, pass } = await open()
    const token = await signer.sign()
    served.status = 500
    expect([await ask(token), await ask(token), served.requests]).toEqual(['keys-unavailable', 'keys-unavailable', 1])
    served.status = 200
    pass(29_000)
    expect([await ask(token), served.requests]).toEqual(['keys-unavailable', 1])
    pass(2000)
    expect([await ask(token), served.requests]).toEqual(['proven', 2])
  })

  test('that cannot be had are asked for again when the clock was set back, not when it has caught up', async () => {
    const { served, ask, pass } = await open()
    const token = await signer.sign()
    served.status = 500
    expect(await ask(token)).toBe('keys-unavailable')
    served.status = 200
    pass(-3_600_000)
    expect([await ask(token), served.requests]).toEqual(['proven', 2])
  })

  test('are good for a day when they cannot be fetched again', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    onTestFinished(() => void vi.useRealTimers())
    const { served, ask, pass } = await open()
    const token = await signer.sign()
    expect(await ask(token)).toBe('proven')
    served.status = 500
    const later = 3_600_000
    vi.setSystemTime(start + later)
    pass(later)
    expect([await ask(token), served.requests]).toEqual(['proven', 2])
    vi.setSystemTime(start + 25 * later)
    pass(24 * later)
    expect([await ask(token), served.requests]).toEqual(['keys-unavailable', 3])
  })
})
