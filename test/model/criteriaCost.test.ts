import { expect, test } from 'vitest'
import { createCriteriaEngine, type CriteriaEngine } from '../../src/model/criteriaEngine.ts'
import { aboutVisit, criterion, pattern, segment } from './definitions.ts'
import { start, toEvents, type Given } from './fold.ts'
import { measureProcessor } from './measureProcessor.ts'

const segments = Array.from({ length: 500 }, (_, n) =>
  segment(`s${n}`, {
    context: [aboutVisit('mktCampaign.source', [`source ${n % 7}`, 'newsletter'], { operator: n % 2 ? 'equal' : 'containsAny', shouldIgnoreCase: true })],
    journey: [
      pattern({ criteria: [criterion('page.pathname', [`/product/${n % 40}`], { operator: 'startsWith' })], count: (n % 3) + 1 }),
      pattern({ eventName: `event_${n % 25}`, criteria: [criterion('attributes.total.value', [String(n)], { operator: 'greaterThan' })] }),
    ],
  }),
)

const given = Array.from({ length: 200 }, (_, n): Given =>
  n % 2
    ? { at: n, type: 'custom', eventName: `event_${n % 25}`, attributes: { total: n * 3 } }
    : { at: n, type: 'pageview', page: { url: `https://shop.example.com/product/${n % 40}?a=${n}`, title: 'A product' } },
)
const events = toEvents(given)
const visitor = { type: 'web', createdAt: start, authenticated: false, mktCampaign: { source: 'Newsletter' } }

const countAll = (engine: CriteriaEngine): void => {
  let progress = engine.count(undefined, [])
  for (const event of events) {
    progress = engine.count(progress, [event])
    engine.assess(progress, visitor)
  }
}

const engineOf = (count: number): CriteriaEngine => createCriteriaEngine({ segments: segments.slice(0, count), outcomes: [] })

test('500 segments cost less than a millisecond an event, one event after the other', () => {
  const engine = engineOf(500)
  expect(measureProcessor(() => countAll(engine)) / events.length).toBeLessThan(1)
})

test('ten times as many segments cost no more than twice of what ten times as many events do', () => {
  const [engineOfFew, engineOfMany] = [engineOf(50), engineOf(500)]
  const few = measureProcessor(() => Array.from({ length: 10 }, () => countAll(engineOfFew)))
  const many = measureProcessor(() => countAll(engineOfMany))
  expect(many).toBeLessThan(2 * few)
})
