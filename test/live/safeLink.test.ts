import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toSafeLink } from '../../src/live/safeLink.ts'

describe('an address from a session becomes a link', () => {
  test.each(['https://shop.example.com/a?b=c#d', 'http://localhost:4800/demo/'])('when it is %s', address => expect(toSafeLink(address)).toBe(address))
})

describe('an address from a session becomes no link', () => {
  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JaVaScRiPt://https://example.com/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    'tel:110',
    '/relative',
    '//example.com',
    'https://',
    '',
    undefined,
  ])('when it is %j', address => expect(toSafeLink(address)).toBeUndefined())

  test('unless its protocol is that of the web, whatever it is', () => {
    const address = fc.oneof(fc.string(), fc.webUrl(), fc.tuple(fc.string(), fc.webUrl()).map(parts => parts.join(':')))
    fc.assert(fc.property(address, text => /^https?:\/\/./.test(toSafeLink(text) ?? 'https://x')))
  })
})
