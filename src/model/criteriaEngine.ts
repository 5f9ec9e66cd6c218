import { contextKeys, readContext, type ContextKey, type ContextSession } from './contextKeys.ts'
import { createCriteriaTest, type Known } from './criteria.ts'
import { usualExpirationDays, type Definition, type Definitions, type JourneyPattern, type JourneySegment } from './definition.ts'
import { isCounted, toEventName, type Event } from './event.ts'
import { hashText } from './hashText.ts'
import { openJourney, type JourneyReader } from './journeyKeys.ts'

/** How far a session is on its journey: of each pattern the first instants at which it matched, as many as it needs, ascending. */
export interface Progress {
  /** Which patterns were looked for. With others the events have to be counted again. */
  revision: string
  at: Record<string, readonly number[]>
}

/** A segment that was assigned, or an outcome that was achieved. */
export interface Assignment {
  /** Id of the definition. */
  id: string
  /** Milliseconds since 1970. */
  at: number
  /** Until when it lasts beyond the session; absent for what ends with it. */
  until?: number
}

/** What a session has by its definitions, oldest first. */
export interface Assignments {
  segments: Assignment[]
  outcomes: Assignment[]
}

/** What an assessment looks at. */
export interface AssessedSession extends ContextSession {
  type: string
  /** Instant of the opening, milliseconds since 1970. */
  createdAt: number
}

/** Definitions, ready to be evaluated. */
export interface CriteriaEngine {
  /** Changes with the patterns that are looked for. */
  revision: string
  /** True when there is nothing to evaluate. */
  isEmpty: boolean
  /** Adds events, each of which comes once. The result depends on the set of them alone. */
  count(progress: Progress | undefined, events: Iterable<Event>): Progress
  /** Which definitions are met: a function of its parameters alone. */
  assess(progress: Progress, session: AssessedSession): Assignments
}

interface Pattern {
  name: string
  count: number
  /** Looks at events of that name alone. */
  eventName?: string | undefined
  matches(event: Event, read: JourneyReader): boolean
}

/** When a customer was named first: the date of what depends on that the customer is authenticated. */
const identified: Pattern = { name: 'identify', count: 1, matches: event => event.type === 'identify' }

const isInStream = (event: Event, { streamType }: Pick<JourneyPattern, 'streamType'>): boolean => {
  if (!isCounted(event)) return false
  if (event.type === 'custom' || streamType === 'Conversation') return true
  return event.type === (streamType === 'Web' ? 'pageview' : streamType === 'App' ? 'screenview' : undefined)
}

const compilePattern = (pattern: JourneyPattern): Pattern => {
  const { criteria, count, streamType, eventName } = pattern
  const tests = criteria.map(each => ({ key: each.key, holds: createCriteriaTest(each) }))
  const parts = criteria.map(({ key, operator, shouldIgnoreCase, values }) => [key, operator, shouldIgnoreCase, values])
  return {
    // The same pattern of several definitions is counted once.
    name: hashText(JSON.stringify([streamType, eventName, count, parts])),
    count,
    eventName,
    matches: (event, read) =>
      isInStream(event, pattern) && tests.every(({ key, holds }) => holds(read(key))),
  }
}

interface Compiled {
  id: string
  patterns: (Pattern & Pick<JourneyPattern, 'sessionType'>)[]
  context: { key: ContextKey; holds: (known: Known) => boolean }[]
  /** Milliseconds that it lasts; absent for what ends with the session. */
  lasts?: number
}

/** A definition without any condition is met by nobody: others assign it. So is one with conditions that are not known. */
const isEvaluated = ({ isActive, foreign, context, journey }: Definition): boolean =>
  isActive && foreign?.obstacle === undefined && journey.patterns.length + context.patterns.flatMap(({ criteria }) => criteria).length > 0

const compile = ({ id, context, journey }: Definition, lasts?: number): Compiled => ({
  id,
  patterns: journey.patterns.map(pattern => ({ ...compilePattern(pattern), sessionType: pattern.sessionType })),
  context: context.patterns.flatMap(({ criteria }) => criteria).map(each => ({ key: each.key, holds: createCriteriaTest(each) })),
  ...(lasts !== undefined && { lasts }),
})

const dayMs = 86_400_000

const toLasting = ({ scope, assignmentExpirationDays = usualExpirationDays }: JourneySegment): number | undefined =>
  scope === 'Customer' ? assignmentExpirationDays * dayMs : undefined

const addInstant = (known: readonly number[], at: number, count: number): readonly number[] =>
  known.length >= count && at >= known.at(-1)! ? known : [...known, at].sort((a, b) => a - b).slice(0, count)

/** When a pattern was complete; undefined while it is not. */
const completedAt = ({ at }: Progress, { name, count }: Pattern): number | undefined => at[name]?.[count - 1]

interface Assessed {
  progress: Progress
  session: AssessedSession
  /** What stands in the session, by key. */
  values: ReadonlyMap<ContextKey, Known>
}

/** When all of its conditions were met; undefined while they are not. */
const metAt = ({ patterns, context }: Compiled, { progress, session, values }: Assessed): number | undefined => {
  let date = session.createdAt
  for (const pattern of patterns) {
    const at = pattern.sessionType === session.type ? completedAt(progress, pattern) : undefined
    if (at === undefined) return undefined
    date = Math.max(date, at)
  }
  if (!context.every(({ key, holds }) => holds(values.get(key)!))) return undefined
  const needsIdentity = session.authenticated && context.some(({ key }) => key === 'authenticated')
  return needsIdentity ? Math.max(date, completedAt(progress, identified) ?? 0) : date
}

const compareAssignments = (a: Assignment, b: Assignment): number => a.at - b.at || (a.id < b.id ? -1 : 1)

/** Makes definitions ready. Two engines of equal definitions give equal results. */
export const createCriteriaEngine = ({ segments, outcomes }: Definitions): CriteriaEngine => {
  const compiled = {
    segments: segments.filter(isEvaluated).map(segment => compile(segment, toLasting(segment))),
    outcomes: outcomes.filter(isEvaluated).map(outcome => compile(outcome)),
  }
  const all = [...compiled.segments, ...compiled.outcomes]
  const patterns = [...new Map([identified, ...all.flatMap(each => each.patterns)].map(each => [each.name, each])).values()]
  const anyEvent = patterns.filter(({ eventName }) => eventName === undefined)
  const byEvent = new Map<string, Pattern[]>()
  for (const each of patterns) if (each.eventName !== undefined) byEvent.set(each.eventName, [...(byEvent.get(each.eventName) ?? []), each])
  const revision = hashText(patterns.map(({ name }) => name).sort().join())

  return {
    revision,
    isEmpty: !all.length,

    count: (progress, events) => {
      const before = progress?.revision === revision ? progress.at : {}
      const changed: Record<string, readonly number[]> = {}
      for (const event of events) {
        const read = openJourney(event)
        for (const { name, count, matches } of [...anyEvent, ...(byEvent.get(toEventName(event)) ?? [])]) {
          if (matches(event, read)) changed[name] = addInstant(changed[name] ?? before[name] ?? [], event.at, count)
        }
      }
      return { revision, at: { ...before, ...changed } }
    },

    assess: (progress, session) => {
      const assessed = { progress, session, values: new Map(contextKeys.map(key => [key, readContext(session, key)])) }
      const find = (definitions: readonly Compiled[]): Assignment[] =>
        definitions
          .flatMap(each => {
            const at = metAt(each, assessed)
            return at === undefined ? [] : [{ id: each.id, at, ...(each.lasts !== undefined && { until: at + each.lasts }) }]
          })
          .sort(compareAssignments)
      return { segments: find(compiled.segments), outcomes: find(compiled.outcomes) }
    },
  }
}
