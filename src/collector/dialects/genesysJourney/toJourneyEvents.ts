import { createHash } from 'node:crypto'
import type { WebAction } from '../../actions/webAction.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'
import type { ServedEvent } from '../../reading/servedSession.ts'
import type { Definitions } from '../../../model/definition.ts'
import { isCounted, type EventAttributes } from '../../../model/event.ts'
import type { Session } from '../../../model/session.ts'
import { toToldAction, toWebActionEvent } from './toWebActionEvent.ts'
import { toAppEvent, toSender, toShared, toWebEvent, type Totals } from './toWebEvent.ts'
import { toJourneyUri, toOutcomeUri, toSegmentUri } from './toJourneySession.ts'

const namespace = 'com.genesys.journey'

/** What a list of events can be restricted to. */
export const journeyEventTypes = ['OutcomeAchievedEvent', 'SegmentAssignmentEvent', 'WebActionEvent', 'WebEvent', 'AppEvent'].map(name => `${namespace}.${name}`)

/** An event in the vendor's model, with the instant that puts it in order. */
export interface JourneyEvent extends JsonObject {
  id: string
  eventType: string
  createdDate: string
}

export interface JourneyEventsOptions {
  session: Session
  /** All of the session, oldest first. */
  events: readonly ServedEvent[]
  /** What was offered to its visitor. */
  actions: readonly WebAction[]
  definitions: Definitions
  /** What the customer's earlier sessions have come to. */
  before: Totals
}

/** An id for what follows from events and has none: the same each time, in the shape of a UUID. */
const toDerivedId = (...parts: string[]): string => {
  const hex = createHash('sha256').update(parts.join('\0')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const toEnvelope = ({ id, type, customerId, customerIdType }: Session): JsonObject => ({
  ...(customerId !== undefined && { customerId }),
  ...(customerIdType !== undefined && { customerIdType }),
  session: { id, type, selfUri: toJourneyUri(id) },
})

const toAssignmentEvents = (session: Session): JourneyEvent[] =>
  (session.segmentAssignments ?? []).map(({ segment, assignedDate }) => {
    const id = toDerivedId(session.id, 'segment', segment.id)
    const segmentAssignmentEvent = { segment: { id: segment.id, selfUri: toSegmentUri(segment.id) } }
    return { id, correlationId: id, ...toEnvelope(session), eventType: `${namespace}.SegmentAssignmentEvent`, segmentAssignmentEvent, createdDate: assignedDate }
  })

const toAchievementEvents = (session: Session, { outcomes }: Definitions): JourneyEvent[] =>
  (session.outcomeAchievements ?? []).map(({ outcome, achievedDate, associatedValue }) => {
    const id = toDerivedId(session.id, 'outcome', outcome.id)
    const known = outcomes.find(each => each.id === outcome.id)
    const outcomeAchievedEvent = {
      outcome: { id: outcome.id, displayName: known?.displayName ?? outcome.id, version: known?.version ?? 1, selfUri: toOutcomeUri(outcome.id) },
      ...toSender(session),
      ...toShared(session),
      ...(session.referrer && { visitReferrer: session.referrer }),
      visitCreatedDate: session.createdDate,
      // Their REST model lacks it; their notifications have it.
      ...(associatedValue && { associatedValue }),
    }
    return { id, correlationId: id, ...toEnvelope(session), eventType: `${namespace}.OutcomeAchievedEvent`, outcomeAchievedEvent, createdDate: achievedDate }
  })

const isOfApp = (session: Session, event: ServedEvent): boolean => session.type === 'app' || event.type === 'screenview'

/** Creates the reading of what events tell of actions, oldest first. It gives undefined for an event that tells of none, or of one that is not known. */
const createActionReader = ({ session, actions }: JourneyEventsOptions) => {
  const byId = new Map(actions.map(action => [action.id, action]))
  const shown = new Map<string, number>()
  return (event: ServedEvent): JsonObject | undefined => {
    const told = toToldAction(event)
    const action = told && byId.get(told.actionId)
    if (!action) return undefined
    if (told.actionState === 'offered' && !shown.has(action.id)) shown.set(action.id, event.at)
    return toWebActionEvent(event, { session, action, told, since: shown.get(action.id) ?? Date.parse(action.createdDate) })
  }
}

const toTrackedEvents = (options: JourneyEventsOptions): JourneyEvent[] => {
  const { session, events, before } = options
  const readAction = createActionReader(options)
  const totals: Totals = { ...before }
  let traits: EventAttributes = {}

  const toPayload = (event: ServedEvent): { eventType: string } & JsonObject => {
    const webActionEvent = readAction(event)
    if (webActionEvent) return { eventType: `${namespace}.WebActionEvent`, webActionEvent }
    const payload = { session, totals: { ...totals }, traits }
    return isOfApp(session, event)
      ? { eventType: `${namespace}.AppEvent`, appEvent: toAppEvent(event, payload) }
      : { eventType: `${namespace}.WebEvent`, webEvent: toWebEvent(event, payload) }
  }

  return events.flatMap((event): JourneyEvent[] => {
    if (event.type === 'identify') traits = { ...traits, ...event.traits }
    if (!isCounted(event)) return []
    totals.events++
    if (event.type === 'pageview') totals.pageviews++
    const { id } = event
    return [{ id, correlationId: id, ...toEnvelope(session), ...toPayload(event), createdDate: new Date(event.at).toISOString() }]
  })
}

/** True for what follows from events: it stands behind all of them of its instant. */
export const isDerived = ({ eventType }: JourneyEvent): boolean => /\.(SegmentAssignment|OutcomeAchieved)Event$/.test(eventType)

/** By date; what follows from an event comes after it. */
const compareEvents = (a: JourneyEvent, b: JourneyEvent): number => a.createdDate.localeCompare(b.createdDate)

/** What happened in a session in the vendor's model, oldest first: what was tracked, and the segments and outcomes that it led to. */
export const toJourneyEvents = (options: JourneyEventsOptions): JourneyEvent[] =>
  [...toTrackedEvents(options), ...toAssignmentEvents(options.session), ...toAchievementEvents(options.session, options.definitions)].sort(compareEvents)
