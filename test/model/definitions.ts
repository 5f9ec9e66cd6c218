import type { ContextKey } from '../../src/model/contextKeys.ts'
import type { Criteria } from '../../src/model/criteria.ts'
import type { EntityTypeCriteria, JourneyPattern, JourneySegment, Outcome } from '../../src/model/definition.ts'

const date = '2026-03-01T00:00:00.000Z'

/** A criterion: equal, with regard to case, unless it says otherwise. */
export const criterion = <K extends string>(key: K, values: string[], more: Partial<Criteria> = {}) => ({
  shouldIgnoreCase: false,
  operator: 'equal' as const,
  ...more,
  key,
  values,
})

/** A criterion about the session. */
export const aboutVisit = (key: ContextKey, values: string[], more: Partial<Criteria> = {}): EntityTypeCriteria => ({
  ...criterion(key, values, more),
  key,
  entityType: 'visit',
})

/** A pattern of web sessions. */
export const pattern = (more: Partial<JourneyPattern> = {}): JourneyPattern => ({ criteria: [], count: 1, streamType: 'Web', sessionType: 'web', ...more })

interface Conditions {
  context?: EntityTypeCriteria[]
  journey?: JourneyPattern[]
}

const define = (id: string, { context = [], journey = [] }: Conditions) => ({
  id,
  isActive: true,
  displayName: id,
  version: 1,
  context: { patterns: context.map(each => ({ criteria: [each] })) },
  journey: { patterns: journey },
  createdDate: date,
  modifiedDate: date,
})

export const segment = (id: string, conditions: Conditions, more: Partial<JourneySegment> = {}): JourneySegment => ({
  ...define(id, conditions),
  color: '#336699',
  scope: 'Session',
  shouldDisplayToAgent: true,
  ...more,
})

export const outcome = (id: string, conditions: Conditions, more: Partial<Outcome> = {}): Outcome => ({ ...define(id, conditions), isPositive: true, ...more })
