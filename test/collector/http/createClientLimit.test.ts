import { expect, test } from 'vitest'
import { createClientLimit } from '../../../src/collector/http/createClientLimit.ts'

const create = (rule: { perSecond: number; burst: number } | false) => createClientLimit({ rule, trustedProxies: ['192.0.2.9'], monotonicNow: () => 0 })

type Request = Parameters<ReturnType<typeof create>>[0]

const from = (remoteAddress: string, forwardedFor?: string): Request => ({
  socket: { remoteAddress } as Request['socket'],
  headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
})

test.each([
  ['the same address', from('192.0.2.1'), from('192.0.2.1'), true],
  ['a neighbour', from('192.0.2.1'), from('192.0.2.2'), false],
  ['an address that somebody claims', from('192.0.2.1'), from('192.0.2.1', '192.0.2.2'), true],
  ['an address that a trusted proxy tells', from('192.0.2.9', '198.51.100.1'), from('192.0.2.9', '198.51.100.2'), false],
  ['another address of the same subscriber with IPv6', from('2001:db8::1'), from('2001:db8::2'), true],
])('%s', (_what, first, second, isSame) => {
  const limit = create({ perSecond: 0.1, burst: 1 })
  limit(first)
  if (isSame) expect(() => limit(second)).toThrow(expect.objectContaining({ code: 'too-many-requests', details: { retryAfter: 10 } }))
  else expect(() => limit(second)).not.toThrow()
})

test('where there is no bound, everybody may ask as often as they like', () => {
  const limit = create(false)
  limit(from('192.0.2.1'))
  expect(() => limit(from('192.0.2.1'))).not.toThrow()
})
