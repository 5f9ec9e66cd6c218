import type { ConversationSession } from '../conversations/conversationSession.ts'
import type { Conversations } from '../conversations/createConversations.ts'
import { toCursor } from './cursor.ts'
import { ProblemError } from '../problem.ts'
import type { ServedSession } from './servedSession.ts'
import type { SessionFilter, SessionReader, StoredSession } from '../sessionStore.ts'

export interface SessionListOptions {
  sessions: Pick<SessionReader, 'list'>
  conversations: Pick<Conversations, 'list'>
  serve(stored: StoredSession, now: number): ServedSession
  /** Milliseconds since 1970. */
  now(): number
}

/** What a list is to have in it: visits of pages and apps, conversations, or both. */
export type ListedType = 'visit' | 'conversation'

/** A part of a list that is wanted. */
export interface ListPart {
  /** Default: both. */
  type?: ListedType
  limit: number
  /** `next` of the part before it. */
  after?: string
}

interface Listed {
  at: number
  /** Made when it is asked for: a page has one. */
  cursor(): string
  show(): ServedSession | ConversationSession
}

/** Where the two lists are, of which one is made: after the last one of each that was shown. */
type Positions = readonly [visits: string, conversations: string]

const toPosition = (positions: Positions): string => Buffer.from(JSON.stringify(positions)).toString('base64url')

const parsePosition = (text: string): Positions => {
  const [visits, conversations] = /^\["([\w-]*)","([\w-]*)"\]$/.exec(Buffer.from(text, 'base64url').toString())?.slice(1) ?? []
  if (visits === undefined || conversations === undefined) throw new ProblemError('invalid-query', { detail: 'cursor: expected what nextUri says' })
  return [visits, conversations]
}

/** Of one instant visits come first. */
const isVisitNext = (visit: Listed | undefined, conversation: Listed | undefined): boolean => visit !== undefined && visit.at >= (conversation?.at ?? -Infinity)

/** Where a list goes on after so many of a part; undefined for where the part began. */
const goOn = ({ listed, next }: { listed: readonly Listed[]; next?: string | undefined }, count: number): string | undefined =>
  (count === listed.length ? next : undefined) ?? listed[count - 1]?.cursor()

/** Creates the list of all Sessions, newest first. It is made of two, each of which knows where it goes on. */
export const createSessionList = ({ sessions, conversations, serve, now }: SessionListOptions) => {
  const toPage = (after: string, limit: number) => ({ limit, ...(after && { after }) })

  const readVisits = (filter: SessionFilter, limit: number, after: string) => {
    const at = now()
    const { entities, next } = sessions.list(filter, at, toPage(after, limit))
    const listed = entities.map((stored): Listed => {
      const [createdAt] = stored.state.first.stamp
      return { at: createdAt, cursor: () => toCursor([createdAt, stored.state.id, stored.site]), show: () => serve(stored, at) }
    })
    return { listed, next }
  }

  const readConversations = (filter: SessionFilter, limit: number, after: string) => {
    const { entities, next } = conversations.list(filter, toPage(after, limit))
    return { listed: entities.map(({ at, cursor, conversation }): Listed => ({ at, cursor: () => cursor, show: () => conversation })), next }
  }

  const nothing = { listed: [] as Listed[], next: undefined }

  return (filter: SessionFilter, { type, limit, after }: ListPart): { entities: (ServedSession | ConversationSession)[]; next?: string } => {
    const [afterVisit, afterConversation] = after === undefined ? ['', ''] : parsePosition(after)
    const visits = type === 'conversation' ? nothing : readVisits(filter, limit, afterVisit)
    const talks = type === 'visit' ? nothing : readConversations(filter, limit, afterConversation)
    const taken = { visits: 0, talks: 0 }
    while (taken.visits + taken.talks < limit) {
      const [visit, talk] = [visits.listed[taken.visits], talks.listed[taken.talks]]
      // What comes after a part that was not found in one go may belong here.
      if ((!visit && visits.next !== undefined) || (!talk && talks.next !== undefined) || !(visit ?? talk)) break
      taken[isVisitNext(visit, talk) ? 'visits' : 'talks']++
    }
    const [shownVisits, shownTalks] = [visits.listed.slice(0, taken.visits), talks.listed.slice(0, taken.talks)]
    const entities = [...shownVisits, ...shownTalks].sort((a, b) => b.at - a.at).map(({ show }) => show())
    const hasMore = visits.next !== undefined || talks.next !== undefined || taken.visits < visits.listed.length || taken.talks < talks.listed.length
    return {
      entities,
      ...(hasMore && { next: toPosition([goOn(visits, taken.visits) ?? afterVisit, goOn(talks, taken.talks) ?? afterConversation]) }),
    }
  }
}
