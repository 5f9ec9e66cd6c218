import type { DocumentStore } from '../conversations/documentStore.ts'
import type { ErasedSessions } from '../identity/createErasedSessions.ts'
import { ProblemError } from '../problem.ts'
import type { Query } from '../reading/query.ts'
import { actionLimits } from './actionLimits.ts'
import { actionKind, parseWebAction, toAction, toActionKey, type WebAction } from './webAction.ts'

export interface ActionsOptions {
  /** Where actions are kept: beside conversations, which are written over the API, too, and stand in no log. */
  documents: Pick<DocumentStore, 'get' | 'put' | 'remove' | 'find'>
  query: Pick<Query, 'get'>
  erased: Pick<ErasedSessions, 'has'>
  /** Milliseconds since 1970. */
  now(): number
  /** A new id, a UUID. */
  createId(): string
}

/** A page that tells this alone has not shown anything yet. */
const isUnseen = ({ state = 'qualified' }: WebAction): boolean => state === 'qualified'

/** Creates the keeping of actions that somebody offers to the visitors of single sessions. */
export const createActions = ({ documents, query, erased, now, createId }: ActionsOptions) => {
  /** All of a session, oldest first. */
  const ofSession = (session: string): WebAction[] =>
    documents.find({ kind: actionKind, where: [{ facet: 'session', anyOf: [session] }], orderBy: 'session', limit: actionLimits.actions }).documents.map(toAction)

  const find = (session: string, id: string): WebAction | undefined => {
    const document = documents.get(actionKind, toActionKey(session, id))
    return document && toAction(document)
  }

  /** @throws ProblemError `action-seen` for one that cannot be taken back any more */
  const refuseSeen = (action: WebAction): void => {
    if (!isUnseen(action)) throw new ProblemError('action-seen', { detail: `its state is ${action.state}` })
  }

  return {
    ofSession,

    /** Those of a session that its page has yet to show, oldest first. */
    unseen: (session: string): WebAction[] => ofSession(session).filter(isUnseen),

    /**
     * Keeps an action for the next ping of a session: durable when it returns. One of the same id is replaced.
     *
     * @throws ProblemError `session-not-found`, `session-ended`, `action-seen`, or `invalid-document` that names what is wrong
     */
    offer: (session: string, json: unknown): { action: WebAction; isNew: boolean } => {
      const { site, status } = query.get(session)
      // An erasure that has begun takes what there was by then.
      if (erased.has(site, session)) throw new ProblemError('session-not-found')
      if (status === 'ended') throw new ProblemError('session-ended')
      const document = parseWebAction(json, { session, id: createId(), now: now() })
      const action = toAction(document)
      const before = find(session, action.id)
      if (before) refuseSeen(before)
      else if (ofSession(session).length >= actionLimits.actions) throw new ProblemError('invalid-document', { detail: `a session has at most ${actionLimits.actions} actions` })
      documents.put(document, { session })
      return { action, isNew: !before }
    },

    /** Notes what a page has told of an action; of others nothing is kept here. */
    tell: (session: string, id: string, state: string): void => {
      const document = documents.get(actionKind, toActionKey(session, id))
      // Another tab may tell late that it could show what has been shown meanwhile: it is not offered once more for that.
      if (!document || (state === 'qualified' && !isUnseen(toAction(document)))) return
      documents.put({ ...document, body: { ...document.body, state } }, { session })
    },

    /** @throws ProblemError `action-not-found`, or `action-seen` */
    withdraw: (session: string, id: string): void => {
      const action = find(session, id)
      if (!action) throw new ProblemError('action-not-found')
      refuseSeen(action)
      documents.remove(actionKind, toActionKey(session, id))
    },
  }
}

export type Actions = ReturnType<typeof createActions>
