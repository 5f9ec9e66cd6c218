import { expect, test } from 'vitest'
import { toE164 } from '../../../src/collector/conversations/toE164.ts'

test.each([
  ['+31201234567', '+31201234567'],
  ['tel:+31201234567', '+31201234567'],
  ['TEL:+31-20-123-4567;ext=12', '+31201234567'],
  ['sip:+14155551234@carrier.example.com', '+14155551234'],
  [' +44 (0)20 7946 0018 ', '+442079460018'],
  ['0031 20 123 45 67', '+31201234567'],
  ['+1 (415) 555-1234', '+14155551234'],
  ['+1.415.555.1234', '+14155551234'],
  ['(+31) 20 123 45 67', '+31201234567'],
  ['020 1234567', undefined],
  ['14155551234', undefined],
  ['+0201234567', undefined],
  ['+31', undefined],
  ['+1234567890123456', undefined],
  ['sip:alice@example.com', undefined],
  ['+31 20 CALL ME', undefined],
  ['31+201234567', undefined],
  ['', undefined],
])('%j is the number %s', (text, number) => expect(toE164(text)).toBe(number))
