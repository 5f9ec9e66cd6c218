import { expect, test } from 'vitest'
import { checkInstant } from '../../../src/collector/conversations/createDocumentCheck.ts'

test.each([
  ['2026-08-01T12:00:00Z', Date.UTC(2026, 7, 1, 12)],
  ['2026-08-01T14:00:00+02:00', Date.UTC(2026, 7, 1, 12)],
  ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
])('%s is an instant', (text, expected) => expect(checkInstant(text, 'createdDate')).toBe(expected))

test.each(['2016-12-31T23:59:60Z', '9999-12-31T23:59:59-23:59', 'yesterday', '', 1, null])('%j is refused by its name', value =>
  expect(() => checkInstant(value, 'createdDate')).toThrow('createdDate must be a date such as'),
)
