import { toCursor, parseCursor, type Cursor } from '../../reading/cursor.ts'
import type { DialectRoutes } from '../dialect.ts'
import { toGenesysProblem } from '../genesys/genesysProblem.ts'
import { toSnakeCase } from '../genesys/snakeCase.ts'
import { createJourneyReader, type JourneyPage } from './createJourneyReader.ts'
import { parseEventTypes, parseText, parseWhole, toUri, type JourneyParameters } from './journeyParameters.ts'
import { isDerived, type JourneyEvent } from './toJourneyEvents.ts'
import { toContactUri, toJourneySession, toJourneyUri } from './toJourneySession.ts'
import { toSegmentAssignments } from './toSegmentAssignments.ts'

interface Request {
  Params: { id: string }
  Querystring: JourneyParameters
}

/** Entities of a page: those of lists with a cursor, and segments of a contact. */
const pageSizes = { usual: 25, most: 200 }
const segmentLimits = { usual: 25, most: 500 }

const cursorOf = ({ createdDate, id }: JourneyEvent): string => toCursor([Date.parse(createdDate), id])

/** Where a list goes on. What followed from events may have been taken back since, or not be asked for: then it goes on at the instant of that. */
const placeAfter = (events: readonly JourneyEvent[], [at, last]: Cursor): number => {
  const known = events.findIndex(({ id }) => id === last)
  if (known >= 0) return known + 1
  const next = events.findIndex(event => Date.parse(event.createdDate) > at || (Date.parse(event.createdDate) === at && isDerived(event)))
  return next < 0 ? events.length : next
}

/** The part of a list that comes after what a cursor names; `before` is what the part before it comes after, '' for the beginning. */
const toPage = (events: readonly JourneyEvent[], size: number, after: string | undefined): JourneyPage<JourneyEvent> & { before?: string } => {
  const start = after === undefined ? 0 : placeAfter(events, parseCursor(after, 1))
  const entities = events.slice(start, start + size)
  const [ahead, end] = [events[start - size - 1], entities.at(-1)]
  return {
    entities,
    ...(start > 0 && { before: ahead ? cursorOf(ahead) : '' }),
    ...(end && start + size < events.length && { after: cursorOf(end) }),
  }
}

/** Sessions and events of Genesys Cloud journey, as its clients read them. */
export const journeyRoutes: DialectRoutes = (app, { conversations, actions, query, definitions, authorize, now }) => {
  const route = { onRequest: authorize, config: { toForeignProblem: toGenesysProblem } }
  const reader = createJourneyReader({ query, conversations, actions, definitions: definitions.all })
  const style = (body: object, { case: style }: JourneyParameters): object => (style === 'snake' ? (toSnakeCase(body) as object) : body)
  const privately = { 'cache-control': 'no-store' }

  /** A part of a list, with where it is and where it goes on. */
  const toListing = ({ entities, after, before }: JourneyPage<object> & { before?: string }, path: string, asked: Record<string, string | undefined>) => ({
    entities,
    selfUri: toUri(path, asked),
    ...(before !== undefined && { previousUri: toUri(path, { ...asked, after: before || undefined }) }),
    ...(after !== undefined && { nextUri: toUri(path, { ...asked, after }) }),
  })

  app.get<Request>('/api/v2/journey/sessions/:id', route, async (request, reply) =>
    reply.headers(privately).send(style(toJourneySession(reader.session(request.params.id)), request.query)),
  )

  app.get<Request>('/api/v2/journey/sessions/:id/events', route, async (request, reply) => {
    const { id } = request.params
    const types = parseEventTypes(request.query)
    const size = parseWhole(request.query, 'pageSize', pageSizes)
    const after = parseText(request.query, 'after')
    const events = reader.events(id).filter(({ eventType }) => types?.includes(eventType) ?? true)
    const asked = { pageSize: String(size), after, eventType: types?.join(','), case: parseText(request.query, 'case') }
    return reply.headers(privately).send(style(toListing(toPage(events, size, after), `${toJourneyUri(id)}/events`, asked), request.query))
  })

  app.get<Request>('/api/v2/externalcontacts/contacts/:id/journey/sessions', route, async (request, reply) => {
    const { id } = request.params
    const size = parseWhole(request.query, 'pageSize', pageSizes)
    const after = parseText(request.query, 'after')
    const page = reader.ofContact(id, size, after)
    const listed = { ...page, entities: page.entities.map(toJourneySession) }
    const asked = { pageSize: String(size), after, case: parseText(request.query, 'case') }
    return reply.headers(privately).send(style(toListing(listed, `${toContactUri(id)}/journey/sessions`, asked), request.query))
  })

  app.get<Request>('/api/v2/externalcontacts/contacts/:id/journey/segments', route, async (request, reply) => {
    const contactId = request.params.id
    const limit = parseWhole(request.query, 'limit', segmentLimits)
    const { entities: sessions } = reader.ofContact(contactId, pageSizes.most)
    const entities = toSegmentAssignments({ contactId, sessions, segments: definitions.all().segments, now: now() }).slice(0, limit)
    return reply.headers(privately).send(style({ entities, selfUri: `${toContactUri(contactId)}/journey/segments` }, request.query))
  })
}
