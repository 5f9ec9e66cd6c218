import type { AddressableEntityRef } from '../../model/session.ts'
import { checkDocumentId, createDocumentCheck } from '../conversations/createDocumentCheck.ts'
import type { ForeignDocument, JsonObject } from '../conversations/documentStore.ts'
import { ProblemError } from '../problem.ts'
import { actionLimits } from './actionLimits.ts'
import { webActionSchema } from './webActionSchema.ts'

/** Kind of the documents. */
export const actionKind = 'sojourn.action'

/** Something that is offered to the visitor of one session. Field names are those of Genesys Cloud; others that were sent stay in it. */
export interface WebAction extends JsonObject {
  id: string
  /** By what means, e.g. `contentOffer`. Vendors add some. */
  mediaType: string
  /** What the visitor is asked, in short. */
  prompt: string
  /** The campaign, or whatever the sender calls it, that the action belongs to. */
  actionMap: { id: string; version: number; displayName: string; selfUri?: string }
  /** Who serves a visitor that accepts. */
  actionTarget: AddressableEntityRef
  sessionId: string
  createdDate: string
  /** What its page has told of it last, e.g. `accepted`; absent until it has told something. */
  state?: string
}

interface GivenAction extends JsonObject {
  id?: string
  mediaType: string
  prompt?: string
  actionMap?: WebAction['actionMap']
  actionTarget?: AddressableEntityRef
  webMessagingOfferProperties?: { offerText?: string }
  contentOfferProperties?: { title?: string; headline?: string }
  openActionProperties?: { openActionName?: string }
}

/** Where an action goes, and what it gets where it says nothing. */
export interface ActionBirth {
  session: string
  id: string
  /** Milliseconds since 1970. */
  now: number
}

const checkShape = createDocumentCheck<GivenAction>({ schema: webActionSchema })

/** What a page needs for a means that it shows by itself. */
const needed: Record<string, string> = { contentOffer: 'contentOfferProperties', openAction: 'openActionProperties' }

/** The map of actions that belong to none. */
const ownMap = { id: 'api', version: 1, displayName: 'API' }

const refuse = (detail: string): never => {
  throw new ProblemError('invalid-document', { detail })
}

const toPrompt = ({ prompt, webMessagingOfferProperties, contentOfferProperties, openActionProperties }: GivenAction): string =>
  prompt ?? webMessagingOfferProperties?.offerText ?? contentOfferProperties?.title ?? contentOfferProperties?.headline ?? openActionProperties?.openActionName ?? ''

/** Ids are somebody's own, and mean nothing beyond their session. */
export const toActionKey = (session: string, id: string): string => `${session} ${id}`

export const toAction = ({ body }: ForeignDocument): WebAction => body as WebAction

/**
 * Reads an action for a session.
 *
 * @throws ProblemError `invalid-document` that names what is wrong
 */
export const parseWebAction = (json: unknown, { session, id: newId, now }: ActionBirth): ForeignDocument => {
  const { state: _state, ...given } = checkShape(json)
  const id = checkDocumentId(given.id ?? newId)
  const missing = Object.hasOwn(needed, given.mediaType) ? needed[given.mediaType] : undefined
  if (missing !== undefined && given[missing] === undefined) refuse(`${missing} must be there for the mediaType ${given.mediaType}`)
  const told = { id, prompt: toPrompt(given), actionMap: given.actionMap ?? ownMap, actionTarget: given.actionTarget ?? {} }
  const body = { ...given, ...told, sessionId: session, createdDate: new Date(now).toISOString() }
  const length = JSON.stringify(body).length
  if (length > actionLimits.length) refuse(`expected at most ${actionLimits.length} characters, got ${length}`)
  return { kind: actionKind, id: toActionKey(session, id), at: now, body, links: [{ by: 'session', value: session }] }
}
