import type { Actions } from '../../actions/createActions.ts'
import type { Conversations } from '../../conversations/createConversations.ts'
import type { ConversationSession } from '../../conversations/conversationSession.ts'
import type { Definitions } from '../../../model/definition.ts'
import { ProblemError } from '../../problem.ts'
import type { Query } from '../../reading/query.ts'
import type { ServedEvent, ServedSession } from '../../reading/servedSession.ts'
import { toJourneyEvents, type JourneyEvent } from './toJourneyEvents.ts'
import type { Totals } from './toWebEvent.ts'

export interface JourneyReaderOptions {
  query: Query
  conversations: Conversations
  actions: Pick<Actions, 'ofSession'>
  definitions(): Definitions
}

/** Entities that are read at a time. */
const pageSize = '200'

/** Earlier sessions of a customer whose events are counted. */
const mostEarlier = 1000

const cursorOf = (nextUri: string | undefined): string | undefined =>
  nextUri === undefined ? undefined : (new URL(nextUri, 'http://collector.invalid').searchParams.get('cursor') ?? undefined)

/** A part of a list, and where it goes on. */
export interface JourneyPage<T> {
  entities: T[]
  after?: string
}

/** Creates the reading of Sessions for the vendor's journey API: what it asks for that Sojourn's own API answers in other parts. */
export const createJourneyReader = ({ query, conversations, actions, definitions }: JourneyReaderOptions) => {
  /** A page of the sessions of a customer, conversations among them, newest first. @throws ProblemError `document-not-found` when there is none */
  const ofContact = (customerId: string, limit: number, cursor?: string): JourneyPage<ServedSession | ConversationSession> => {
    const { entities, nextUri } = query.list({ customerId, limit: String(limit), ...(cursor !== undefined && { cursor }) })
    // A list that goes on was one of somebody, also where nothing is left to follow.
    if (!entities.length && cursor === undefined && nextUri === undefined) throw new ProblemError('document-not-found', { detail: `Unable to find a contact with the id ${customerId}` })
    const after = cursorOf(nextUri)
    return { entities, ...(after !== undefined && { after }) }
  }

  const readEvents = (id: string): ServedEvent[] => {
    const events: ServedEvent[] = []
    let cursor: string | undefined
    do {
      const page = query.events(id, { limit: pageSize, ...(cursor !== undefined && { cursor }) })
      events.push(...page.entities)
      cursor = cursorOf(page.nextUri)
    } while (cursor !== undefined)
    return events
  }

  const toTotals = ({ customerId, visitorId, createdDate, id }: ServedSession): Totals => {
    const totals: Totals = { events: 0, pageviews: 0 }
    const who = customerId ?? visitorId
    let cursor: string | undefined
    for (let seen = 0; who !== undefined && seen < mostEarlier; seen += Number(pageSize)) {
      const { entities, nextUri } = query.list({ customerId: who, type: 'visit', to: createdDate, limit: pageSize, ...(cursor !== undefined && { cursor }) })
      for (const session of entities) {
        if (session.id === id) continue
        totals.events += session.eventCount
        totals.pageviews += 'pageviewCount' in session ? session.pageviewCount : 0
      }
      cursor = cursorOf(nextUri)
      if (cursor === undefined) break
    }
    return totals
  }

  const session = (id: string): ServedSession | ConversationSession => {
    const conversation = conversations.get(id)
    if (conversation) return conversation
    const { delivery: _delivery, touches: _touches, ...served } = query.get(id)
    return served
  }

  return {
    /** A visit or a conversation. @throws ProblemError `session-not-found` */
    session,

    /** What happened in a session, oldest first. A conversation has no events of its own. @throws ProblemError `session-not-found` */
    events: (id: string): JourneyEvent[] => {
      if (conversations.get(id)) return []
      const served = query.get(id)
      return toJourneyEvents({ session: served, events: readEvents(id), actions: actions.ofSession(id), definitions: definitions(), before: toTotals(served) })
    },

    ofContact,
  }
}

export type JourneyReader = ReturnType<typeof createJourneyReader>
