import { beforeAll, describe, expect, test } from 'vitest'
import type { IdentityKey } from '../../../src/collector/identity/identityKey.ts'
import type { Event } from '../../../src/model/index.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'
import { createMemoryCollector } from './createMemoryCollector.ts'
import { createSigner, identifyOf, seconds, type Signer } from './tokens.ts'

let signer: Signer
let key: IdentityKey
beforeAll(async () => {
  signer = await createSigner()
  key = { jwks: { keys: [signer.jwk] } }
})

const create = (more: Partial<IdentityKey> = {}) => createMemoryCollector({ identityKeys: [{ ...key, ...more }] })

type Collector = ReturnType<typeof create>

const isAuthenticated = async (collector: Collector, n = 1): Promise<boolean> => (await collector.session(n)).authenticated

/** Sends a session of a visitor who signs in with a token. */
const signIn = (collector: Collector, token: string, { session = 1, visitor = 999 } = {}) =>
  collector.send([opening(session), identifyOf(session + 100, { session: idOf(session), token })], { visitor: { id: idOf(visitor) } })

describe('a session is authenticated', () => {
  test('by a token, as the page is told, too', async () => {
    const collector = create()
    const { session } = await signIn(collector, await signer.sign())
    expect(session).toMatchObject({ id: idOf(1), authenticated: true })
    expect(await collector.session(1)).toMatchObject({ authenticated: true, customerId: 'c-1', customerIdType: 'crm' })
  })

  test('still when its Sessions are made anew, long after', async () => {
    const collector = create()
    await signIn(collector, await signer.sign())
    collector.setNow(start + 1e9)
    await collector.rebuild()
    expect(await isAuthenticated(collector)).toBe(true)
  })

  test('whatever the order in which its events come', async () => {
    const token = await signer.sign()
    const page = { url: 'https://shop.example.com/cart' }
    const events: Event[] = [opening(1), identifyOf(2, { token }), { id: idOf(3), type: 'pageview', session: idOf(1), tab: 'tab-1', seq: 2, at: start + 20, page }]
    for (const order of [[0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0], [1, 1, 0, 1, 2]]) {
      const collector = create()
      for (const i of order) await collector.send([events[i]!])
      expect(await isAuthenticated(collector), order.join()).toBe(true)
    }
  })

  test('while the customer is the one whom a token has proven', async () => {
    const collector = create()
    collector.setNow(start + 1000)
    await signIn(collector, await signer.sign())
    await collector.send([identifyOf(3, { seq: 2, at: start + 20, customer: { id: 'c-2', type: 'crm' } })])
    expect(await collector.session(1)).toMatchObject({ authenticated: false, customerId: 'c-2' })
    await collector.send([identifyOf(4, { seq: 3, at: start + 30, customer: { id: 'c-1', type: 'email' } })])
    expect(await isAuthenticated(collector)).toBe(false)
    await collector.send([identifyOf(5, { seq: 4, at: start + 40 })])
    expect(await isAuthenticated(collector)).toBe(true)
  })

  test('and the next one of the same visitor is not, after a logout as well as without', async () => {
    const collector = create()
    await signIn(collector, await signer.sign())
    await collector.send([{ id: idOf(3), type: 'end', reason: 'reset', session: idOf(1), tab: 'tab-1', seq: 2, at: start + 20 }])
    await collector.send([opening(4, { start: { type: 'web', index: 2, customer: { id: 'c-1', type: 'crm' } } })])
    expect(await collector.session(4)).toMatchObject({ authenticated: false, customerId: 'c-1' })
  })
})

describe('a token that is used again', () => {
  test.each(['jwks', 'pem'] as const)('by another session proves nothing there, with a key that is there as %s', async form => {
    const collector = createMemoryCollector({ identityKeys: [form === 'pem' ? { pem: signer.pem } : key] })
    const token = await signer.sign()
    await signIn(collector, token)
    const { session } = await signIn(collector, token, { session: 5, visitor: 7 })
    expect(session).toMatchObject({ id: idOf(5), authenticated: false })
    await signIn(collector, token, { session: 6 })
    expect([await isAuthenticated(collector, 1), await isAuthenticated(collector, 5), await isAuthenticated(collector, 6)]).toEqual([true, false, false])
    await collector.rebuild()
    expect([await isAuthenticated(collector, 1), await isAuthenticated(collector, 5), await isAuthenticated(collector, 6)]).toEqual([true, false, false])
  })

  test('by another session of the visitor proves it there, where the site wants that', async () => {
    const collector = create({ boundTo: 'visitor' })
    const token = await signer.sign()
    await signIn(collector, token)
    await signIn(collector, token, { session: 5, visitor: 7 })
    await signIn(collector, token, { session: 6 })
    expect([await isAuthenticated(collector, 1), await isAuthenticated(collector, 5), await isAuthenticated(collector, 6)]).toEqual([true, false, true])
  })

  test('with a signature that is as good as its own is still the same token', async () => {
    const collector = create()
    const token = await signer.sign()
    await signIn(collector, token)
    const [head, payload, signature] = token.split('.')
    const bytes = Buffer.from(signature!, 'base64url')
    // Of an ECDSA signature (r, s) the twin (r, n - s) is valid, too: https://www.rfc-editor.org/rfc/rfc6979#section-2
    const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
    const s = (order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)).toString(16).padStart(64, '0')
    const twin = [head, payload, Buffer.concat([bytes.subarray(0, 32), Buffer.from(s, 'hex')]).toString('base64url')].join('.')
    await signIn(collector, twin, { session: 5, visitor: 7 })
    expect(await isAuthenticated(collector, 5)).toBe(false)
    const fresh = create()
    await signIn(fresh, twin)
    expect(await isAuthenticated(fresh)).toBe(true)
  })
})

describe('a page that lies gains nothing', () => {
  test('by saying that it is authenticated', async () => {
    const collector = create()
    const lie = { authenticated: true, proven: [{ id: 'c-1', type: 'crm' }], proofs: [{ event: idOf(2), token: 'x', until: start + 1e9, boundTo: 'session' }] }
    const events = [{ ...opening(1), ...lie }, { ...identifyOf(2), ...lie, customer: { id: 'c-1', type: 'crm', ...lie } }]
    const body = { ...batchOf({}, events), ...lie, context: { ...lie }, facts: lie }
    expect((await collector.post(JSON.stringify(body))).json()).toMatchObject({ accepted: 2, session: { authenticated: false } })
    expect(await isAuthenticated(collector)).toBe(false)
    expect(JSON.stringify(collector.log.read(0, 10))).not.toMatch(/authenticated|proven|proofs/)
  })

  test('with a forged token, one of another customer, or one of another site', async () => {
    const forger = await createSigner()
    const collector = create()
    await signIn(collector, await forger.sign())
    await signIn(collector, await signer.sign({ sub: 'c-2' }), { session: 2 })
    await signIn(collector, await signer.sign({ aud: 'other' }), { session: 3 })
    await signIn(collector, await signer.sign({ exp: seconds(start) - 60 }), { session: 4 })
    for (const n of [1, 2, 3, 4]) expect(await isAuthenticated(collector, n)).toBe(false)
  })

  test('with a token at a site that has other keys, or none', async () => {
    const collector = create()
    const { session } = await collector.send([opening(1), identifyOf(2, { token: await signer.sign({ aud: 'other' }) })], { site: 'other' })
    expect(session).toMatchObject({ id: idOf(1), authenticated: false })
  })

  test('with the id of a session that is not its own', async () => {
    const collector = create()
    await collector.send([opening(1)])
    const before = await collector.session(1)
    const { session } = await collector.send([identifyOf(2, { token: await signer.sign(), traits: { email: 'evil@example.com' } })], { visitor: { id: idOf(7) } })
    expect(session).toBeUndefined()
    expect(await collector.session(1)).toEqual(before)
    // The token was no use there, and is not used up.
    await signIn(collector, await signer.sign(), { session: 3 })
    expect(await isAuthenticated(collector, 3)).toBe(true)
  })

  test('with many tokens: a few are looked at, and all events are kept', async () => {
    const collector = create()
    const forged = Array.from({ length: 30 }, (_, i) => identifyOf(10 + i, { seq: 1 + i, token: 'a.b.c' }))
    const result = await collector.send([opening(1), ...forged, identifyOf(99, { seq: 40, at: start + 99, token: await signer.sign() })])
    expect(result).toMatchObject({ accepted: 32, rejected: [], session: { authenticated: false } })
    expect((await collector.get('/metrics')).body).toMatch(/sojourn_identity_tokens_total\{site="shop",result="too-many"\} 21/)
  })
})

test('a token gets neither into the log nor to anybody who asks for events', async () => {
  const collector = create()
  const token = await signer.sign()
  await signIn(collector, token)
  const { entities } = (await collector.get(`/v1/sessions/${idOf(1)}/events`)).json<{ entities: object[] }>()
  expect(entities).toHaveLength(2)
  const signature = token.split('.')[2]!
  for (const kept of [collector.log.read(0, 10), entities, collector.sessions.list({}, start, { limit: 10 })]) expect(JSON.stringify(kept)).not.toContain(signature)
})
