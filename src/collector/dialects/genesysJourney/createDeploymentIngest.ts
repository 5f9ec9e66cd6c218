import type { Batch, BatchResult } from '../../../model/batch.ts'
import { shapes } from '../../../model/shapes.ts'
import { toSession } from '../../../model/toSession.ts'
import { reduceSession, type SessionState } from '../../../model/reduceSession.ts'
import type { Session } from '../../../model/session.ts'
import type { Arrival } from '../../ingest/ingestWork.ts'
import type { Ingest } from '../../ingest/ingest.ts'
import { createBatchParser } from '../../ingest/parseBatch.ts'
import { ProblemError } from '../../problem.ts'
import type { Query } from '../../reading/query.ts'
import type { SessionReader, StoredSession } from '../../sessionStore.ts'
import type { Site } from '../../site.ts'
import type { ActionEventRequest, SentEvent } from './checkDeploymentEvent.ts'
import { createOpenedSessions } from './createOpenedSessions.ts'
import { createVisitFinder, goesOnAt, type VisitEvent } from './createVisitFinder.ts'
import { toForeign, toForeignAction } from './foreignFields.ts'
import { toDeploymentBatch } from './toDeploymentBatch.ts'
import { toSentField } from './toSentField.ts'
import { actionEventName } from './toWebActionEvent.ts'

/** Where a request comes from. */
export type Sender = Omit<Arrival, 'bytes' | 'receivedAt'>

export interface DeploymentIngestOptions {
  sites: readonly Site[]
  sessions: SessionReader
  ingest: Ingest
  query: Pick<Query, 'get'>
  now(): number
  createId(): string
}

/** An event that was taken, and the session that it is in. */
export interface TakenEvent {
  id: string
  session: Session
}

const idPattern = new RegExp(shapes.id.pattern)

const refuseAny = ([first]: BatchResult['rejected']): void => {
  if (first) throw new ProblemError('invalid-document', { detail: first.reason })
}

/** Does something for what somebody sent. @throws what it throws, a problem by the fields that its sender knows */
const asSent = <T>(sent: SentEvent, work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause
    throw new ProblemError('invalid-document', { detail: toSentField(cause.message, sent) })
  }
}

/** Ids of sessions begin with the time, like those that pages make: new rows come to the end of each tree. */
const withTime = (id: string, at: number): string => {
  const digits = at.toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7${id.slice(15)}`
}

/**
 * Creates the way of single events into the log. It finds the session that goes on, as pages do for themselves; the events of one
 * visitor wait for each other, so that two that come at once do not open two.
 */
export const createDeploymentIngest = ({ sites, sessions, ingest, query, now, createId }: DeploymentIngestOptions) => {
  const bySite = new Map(sites.map(site => [site.id, site]))
  const turns = new Map<string, Promise<unknown>>()

  const takeTurn = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = turns.get(key)
    const turn = (before ?? Promise.resolve()).then(work, work)
    turns.set(key, turn)
    try {
      return await turn
    } finally {
      if (turns.get(key) === turn) turns.delete(key)
    }
  }

  const findSite = (id: string): Site => {
    const site = bySite.get(id)
    if (!site) throw new ProblemError('unknown-site', { detail: `Unable to find a deployment with the id ${id}` })
    return site
  }

  const isLive = (stored: StoredSession, site: Site): boolean => !stored.state.end && goesOnAt(stored.state, site, now())

  const opened = createOpenedSessions(sessions)
  const findVisit = createVisitFinder({ sessions, opened, now })

  // Compiled when it is needed first: a start would wait for it.
  let parse: ReturnType<typeof createBatchParser> | undefined

  /** Refuses a batch of which anything is wrong: what is taken in part would be sent again as a whole, and counted twice. */
  const check = (batch: Batch): void => {
    parse ??= createBatchParser()
    refuseAny(parse(JSON.parse(JSON.stringify(batch))).rejected)
  }

  /** Sends all of a batch. */
  const send = async (batch: Batch, sender: Sender, foreign?: string): Promise<void> => {
    const bytes = Buffer.from(JSON.stringify(batch))
    refuseAny((await ingest({ ...sender, bytes, receivedAt: now(), foreign })).result.rejected)
  }

  /** @param before what was known of the session that goes on. @returns it as its events here make it, where the projection has not come that far */
  const readSession = ({ site, visitor, events }: Batch, event: VisitEvent, before: SessionState | undefined): Session => {
    const { session } = events[0]!
    if (sessions.get(session, site)) {
      if (!opened.of(event).length) opened.forget(event)
      return query.get(session)
    }
    const state = events.reduce<SessionState | undefined>(reduceSession, before)!
    opened.keep(event, state)
    return toSession(state, { visitorId: visitor.id }, { now: now() })
  }

  return {
    findSite,

    /** Takes an event of a visitor. @throws ProblemError `unknown-site`, or what ingest says */
    track: (siteId: string, sent: SentEvent, sender: Sender): Promise<TakenEvent> => {
      const site = findSite(siteId)
      const { kind, request } = sent
      return takeTurn(`${siteId} ${request.customerCookieId}`, async () => {
        // A sender whose clock is ahead tells of what has happened by now.
        const at = Math.min(Date.parse(request.createdDate), now())
        const event: VisitEvent = { site, visitorId: request.customerCookieId, kind, at }
        const { current, previous } = findVisit(event)
        const ids: [string, string] = [withTime(createId(), now()), withTime(createId(), now())]
        const userAgent = sender.origin === undefined ? undefined : sender.userAgent
        const batch = toDeploymentBatch({ site: siteId, sent, at, session: current?.id, previous: previous && { id: previous.id, index: previous.start?.index ?? 1 }, userAgent, ids, now: now() })
        asSent(sent, () => check(batch))
        await send(batch, sender, toForeign(sent))
        return { id: batch.events[0]!.id, session: readSession(batch, event, current) }
      })
    },

    /** Takes what became of an action. @throws ProblemError `session-not-found` where the session is not there, or over */
    act: async (siteId: string, action: ActionEventRequest, sender: Sender): Promise<void> => {
      const site = findSite(siteId)
      const stored = sessions.get(action.sessionId, siteId)
      const visitorId = stored?.facts.visitorId
      if (!stored || visitorId === undefined || !isLive(stored, site)) throw new ProblemError('session-not-found')
      const { actionId, actionState, errorCode, errorMessage } = action
      // Who names what they send may send it again, and it counts once.
      const given = action.id?.toLowerCase() ?? ''
      const id = idPattern.test(given) ? given : withTime(createId(), now())
      const attributes = { actionId, actionState, ...(errorCode !== undefined && { errorCode }), ...(errorMessage !== undefined && { errorMessage }) }
      const event = { id, type: 'custom', eventName: actionEventName, at: now(), session: stored.state.id, seq: 0, tab: id.slice(-12), attributes } as const
      await send({ v: 1, site: siteId, sentAt: now(), visitor: { id: visitorId }, library: stored.facts.sdkLibrary ?? { name: 'actionevent', version: '2' }, context: {}, events: [event] }, sender, toForeignAction(action))
    },

    /** Tells of a session whether it is over; undefined for one that is not this visitor's. */
    isOver: (siteId: string, visitorId: string, session: string): boolean | undefined => {
      const stored = sessions.get(session, siteId)
      return stored?.facts.visitorId === visitorId ? !isLive(stored, findSite(siteId)) : undefined
    },
  }
}

export type DeploymentIngest = ReturnType<typeof createDeploymentIngest>
