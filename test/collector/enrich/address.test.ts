import { describe, expect, test } from 'vitest'
import { applyAddressPolicy } from '../../../src/collector/enrich/addressPolicy.ts'
import { createClientAddress, parseNetwork } from '../../../src/collector/enrich/clientAddress.ts'

describe('the address of the visitor', () => {
  const proxies = ['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.100', '::ffff:172.16.0.0/108']
  test.each([
    ['no proxy', '203.0.113.5', undefined, '203.0.113.5'],
    ['an IPv4 address in IPv6 form', '::ffff:203.0.113.5', undefined, '203.0.113.5'],
    ['one who pretends to be a proxy', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
    ['a trusted proxy', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a trusted proxy behind IPv6', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['two trusted proxies', '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['a visitor who adds an entry', '10.0.0.1', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['a single trusted address', '192.0.2.100', '198.51.100.1', '198.51.100.1'],
    ['a proxy with IPv6', '2001:db8:ffff::1', '2001:db8::5', '2001:db8::5'],
    ['an entry with a port', '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['an entry with a port, IPv6', '10.0.0.1', '[2001:db8::5]:4711', '2001:db8::5'],
    ['an entry that is none', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['a hostile entry', '10.0.0.1', '<script>, 198.51.100.1', '198.51.100.1'],
    ['trusted ones all the way', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['an entry that some read as 8.0.0.1', '10.0.0.1', '010.0.0.1', '10.0.0.1'],
    ['a proxy of a network that is written as IPv6', '172.16.0.1', '198.51.100.1', '198.51.100.1'],
    ['no connection', undefined, '198.51.100.1', undefined],
  ])('with %s', (...row) => {
    const [, connection, forwardedFor, expected] = row
    expect(createClientAddress(proxies)(connection, forwardedFor)).toBe(expected)
  })

  test('is that of the connection when no proxy is trusted', () => expect(createClientAddress([])('10.0.0.1', '198.51.100.1')).toBe('10.0.0.1'))

  test.each(['10.0.0.0/8', '10.0.0.1', '::1', '2001:db8::/32'])('%s is a network', text => expect(parseNetwork(text)).toBeDefined())
  test.each(['10.0.0.0/33', 'localhost', '', '10/8x', '10', '10.0', '10/8', '10.0.0.1/', '010.0.0.0/8'])('%j is no network', text => expect(parseNetwork(text)).toBeUndefined())
})

describe('the address policy', () => {
  test.each([
    ['full', '203.0.113.57', '203.0.113.57'],
    ['truncated', '203.0.113.57', '203.0.113.0'],
    ['truncated', '2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['none', '203.0.113.57', null],
    ['full', undefined, null],
  ] as const)('%s keeps of %s: %s', (policy, address, expected) => expect(applyAddressPolicy(policy, address)).toBe(expected))
})
