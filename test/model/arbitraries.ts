import fc from 'fast-check'
import type { Event } from '../../src/model/index.ts'

export const session = '01a1fd75-5049-7000-aefd-92fe2dacc00f'
const start = 1_795_253_686_345

const name = fc.constantFrom('a', 'b', 'total', 'skus', '__proto__', 'constructor')
const scalar = fc.oneof(fc.constantFrom('x', 'y', '1', ''), fc.integer({ min: 0, max: 3 }), fc.boolean())
const attributes = fc.array(fc.tuple(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }))), { maxLength: 4 }).map(entries => Object.fromEntries(entries))
const page = fc.constantFrom('/', '/cart', '/product/1').map(path => ({ url: `https://shop.example.com${path}`, title: path }))

const byType = fc.oneof(
  fc.record({ type: fc.constant('pageview'), page, attributes, searchTerms: fc.array(fc.constantFrom('shoes', 'hats'), { maxLength: 2 }) }),
  fc.record({ type: fc.constant('screenview'), screen: fc.constantFrom('Cart', 'Home') }),
  fc.record({ type: fc.constant('custom'), eventName: fc.constantFrom('added', 'bought'), attributes }),
  fc.record({ type: fc.constant('identify'), customer: fc.record({ id: fc.constantFrom('c1', 'c2'), type: fc.constant('crm') }) }),
  fc.record(
    { type: fc.constant('activity'), state: fc.constantFrom('active', 'idle', 'away'), activeAt: fc.integer({ min: start, max: start + 9e5 }), visible: fc.boolean() },
    { requiredKeys: ['type', 'state'] },
  ),
  fc.record({ type: fc.constant('end'), reason: fc.constantFrom('reset', 'campaign') }),
)

const id = (n: number): string => `${session.slice(0, 24)}${n.toString(16).padStart(12, '0')}`

/** The events of one session as its tabs made them: numbered without gaps in each tab, often several in one millisecond. */
export const sessionEvents = (maxLength = 30): fc.Arbitrary<Event[]> =>
  fc
    .array(fc.tuple(byType, fc.constantFrom('t1', 't2', '__proto__'), fc.integer({ min: 0, max: 40 }), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength })
    .map(drafts => {
      const next = new Map<string, number>()
      return drafts.map(([draft, tab, minutes, idle, away], index) => {
        const seq = next.get(tab) ?? 0
        next.set(tab, seq + 1)
        const opening = index === 0 && { start: { type: 'web', index: 2, referrer: 'https://www.google.com/', campaign: { name: 'spring' } } }
        return { ...draft, id: index ? id(index) : session, at: start + minutes * 20_000, session, seq, tab, idle, away, ...opening } as Event
      })
    })
