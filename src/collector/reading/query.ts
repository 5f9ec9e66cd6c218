import { shapes } from '../../model/shapes.ts'
import { createTouches, type Touches } from '../campaigns/touches.ts'
import { toDelivery, type Delivery } from '../projection/delivery.ts'
import { parsePageQuery, parseSessionQuery } from './parseQuery.ts'
import { ProblemError } from '../problem.ts'
import type { ConversationSession } from '../conversations/conversationSession.ts'
import type { Conversations } from '../conversations/createConversations.ts'
import { createSessionList } from './createSessionList.ts'
import { createServedSession, toSelfUri, toServedEvent, type ServedEvent, type ServedSession } from './servedSession.ts'
import type { ToAssignedFacts } from '../segments/createAssignedFacts.ts'
import type { SessionReader, StoredSession } from '../sessionStore.ts'
import type { Site } from '../site.ts'

/** A part of a list. `nextUri` leads to the next one; absent on the last. */
export interface Listing<T> {
  entities: T[]
  nextUri?: string
}

export interface QueryOptions {
  sessions: SessionReader
  sites: readonly Site[]
  /** Calls and chats, which are Sessions, too. */
  conversations: Pick<Conversations, 'list'>
  /** Adds segments and outcomes to a Session. Default none. */
  toAssigned?: ToAssignedFacts
  /** Milliseconds since 1970. */
  now(): number
}

type Parameters = Record<string, unknown>

const idPattern = new RegExp(shapes.id.pattern)

/** The same query, from the cursor on. */
export const toNextUri = (path: string, query: Parameters, cursor: string): string => {
  const parameters = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  parameters.set('cursor', cursor)
  return `${path}?${parameters.toString()}`
}

/** Creates the reading side of the API. Each function takes the query as it came and throws a `ProblemError` for a wrong one. */
export const createQuery = ({ sessions, sites, toAssigned, conversations, now }: QueryOptions) => {
  const serve = createServedSession(sites, toAssigned)
  const touches = createTouches(sessions)

  const find = (id: string): StoredSession => {
    const stored = idPattern.test(id) ? sessions.get(id) : undefined
    if (!stored) throw new ProblemError('session-not-found')
    return stored
  }

  const list = createSessionList({ sessions, conversations, serve, now })

  return {
    list: (query: Parameters): Listing<ServedSession | ConversationSession> => {
      const { filter, type, limit, cursor } = parseSessionQuery(query)
      const { entities, next } = list(filter, { limit, ...(type !== undefined && { type }), ...(cursor !== undefined && { after: cursor }) })
      return { entities, ...(next !== undefined && { nextUri: toNextUri('/v1/sessions', query, next) }) }
    },

    get: (id: string): ServedSession & { delivery: Delivery; touches: Touches } => {
      const stored = find(id)
      return Object.assign(serve(stored, now()), { delivery: toDelivery(stored), touches: touches.ofSession(stored) })
    },

    events: (id: string, query: Parameters): Listing<ServedEvent> => {
      const { limit, cursor } = parsePageQuery(query)
      const { entities, next } = sessions.events(find(id).site, id, { limit, ...(cursor !== undefined && { after: cursor }) })
      return { entities: entities.map(toServedEvent), ...(next !== undefined && { nextUri: toNextUri(`${toSelfUri(id)}/events`, query, next) }) }
    },
  }
}

export type Query = ReturnType<typeof createQuery>
