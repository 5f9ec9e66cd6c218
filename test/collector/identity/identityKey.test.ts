import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkIdentityKeys } from '../../../src/collector/identity/identityKey.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const jwk = publicKey.export({ format: 'jwk' })
const { d } = privateKey.export({ format: 'jwk' })

const check = (key: unknown): unknown => checkIdentityKeys([key], 'identityKeys')[0]

describe('a key of a site', () => {
  test.each([
    { pem },
    { jwks: { keys: [jwk] } },
    { jwksUrl: 'https://login.example.com/jwks.json' },
    { jwksUrl: 'http://127.0.0.1:8080/jwks.json' },
    { pem, algorithms: ['ES256'], issuer: 'a', audience: 'b', type: 'crm', clockToleranceSeconds: 0, boundTo: 'visitor' },
  ])('may be %j', key => expect(check(key)).toEqual(key))

  const wrong: [key: unknown, message: string][] = [
    [{}, 'identityKeys[0]: expected one of jwksUrl, jwks, pem, got none'],
    [{ pem, jwks: { keys: [jwk] } }, 'identityKeys[0]: expected one of jwksUrl, jwks, pem, got jwks and pem'],
    [{ pem: 'x' }, 'identityKeys[0].pem: expected a public key or a certificate as PEM'],
    [{ pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) }, 'identityKeys[0].pem: expected a public key, got a private one'],
    [{ jwks: { keys: [] } }, 'identityKeys[0].jwks: expected a JSON Web Key Set of public keys'],
    [{ jwks: { keys: [{ ...jwk, d }] } }, 'identityKeys[0].jwks: expected a JSON Web Key Set of public keys'],
    [{ jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, 'identityKeys[0].jwks: expected a JSON Web Key Set of public keys'],
    [{ jwksUrl: 'http://login.example.com/jwks.json' }, 'identityKeys[0].jwksUrl: expected an https address'],
    [{ jwksUrl: 'file:///etc/keys.json' }, 'identityKeys[0].jwksUrl: expected an https address'],
    [{ pem, algorithms: ['HS256'] }, 'identityKeys[0].algorithms[0]: expected one of RS256, '],
    [{ pem, algorithms: ['none'] }, 'identityKeys[0].algorithms[0]: expected one of RS256, '],
    [{ pem, algorithms: [] }, 'identityKeys[0].algorithms: expected one or more'],
    [{ pem, audiance: 'x' }, 'identityKeys[0]: audiance is unknown; did you mean audience?'],
    [{ pem, boundTo: 'nobody' }, 'identityKeys[0].boundTo: expected one of session, visitor'],
    [{ pem, clockToleranceSeconds: -1 }, 'identityKeys[0].clockToleranceSeconds: expected a number from 0 to 600'],
  ]
  test.each(wrong)('is refused: %j', (key, message) => expect(() => check(key)).toThrow(message))
})
