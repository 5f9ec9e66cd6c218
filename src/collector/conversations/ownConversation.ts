import { ProblemError } from '../problem.ts'
import { toConversationUri } from './conversationUri.ts'
import { toConversationFacts, type ConversationFacts, type ConversationModel } from './conversationSession.ts'
import { checkDocumentId, checkInstant, createDocumentCheck } from './createDocumentCheck.ts'
import type { ForeignDocument, JsonObject, Link } from './documentStore.ts'
import { ownConversationSchema } from './ownConversationSchema.ts'
import { toE164 } from './toE164.ts'

/** Kind of the documents. */
export const ownKind = 'sojourn.conversation'

const checkShape = createDocumentCheck({ schema: ownConversationSchema })

const checkPhone = (text: string): string => {
  const number = toE164(text)
  if (number === undefined) throw new ProblemError('invalid-document', { detail: 'phoneNumber must be a phone number with its country code' })
  return number
}

interface Given {
  id?: string
  sessionId?: string
  shortId?: string
  customerId?: string
  phoneNumber?: string
  createdDate?: string
  endedDate?: string
}

const toLinks = ({ sessionId, shortId, customerId, phoneNumber }: Given): Link[] => {
  const said: [Link['by'], string | undefined][] = [
    ['session', sessionId],
    ['shortId', shortId],
    ['customer', customerId],
    ['phone', phoneNumber === undefined ? undefined : checkPhone(phoneNumber)],
  ]
  return said.flatMap(([by, value]) => (value === undefined ? [] : [{ by, value }]))
}

/**
 * Reads a conversation in Sojourn's own model.
 *
 * @param born what it gets where it says nothing: an id, and when it began, milliseconds since 1970
 * @throws ProblemError `invalid-document`
 */
export const parseOwnConversation = (json: unknown, born: { id: string; now: number }): ForeignDocument => {
  const body = checkShape(json)
  const given = body as Given
  const links = toLinks(given)
  if (!links.length) throw new ProblemError('invalid-document', { detail: 'expected one of sessionId, shortId, customerId, phoneNumber' })
  const id = checkDocumentId(given.id ?? born.id)
  const createdDate = given.createdDate ?? new Date(born.now).toISOString()
  const at = checkInstant(createdDate, 'createdDate')
  if (given.endedDate !== undefined && checkInstant(given.endedDate, 'endedDate') < at) {
    throw new ProblemError('invalid-document', { detail: 'endedDate must not be before createdDate' })
  }
  return { kind: ownKind, id, at, body: { ...body, id, createdDate }, links }
}

/** Everything that was written, but for what the collector alone may say: which site it belongs to follows from its sessions. */
const toOwnFacts = ({ id, at, body: { site: _site, ...body } }: ForeignDocument): ConversationFacts & JsonObject => {
  const { endedDate } = body as Given
  const end = endedDate === undefined ? undefined : Date.parse(endedDate)
  const seconds = end === undefined ? undefined : Math.round((end - at) / 1000)
  const facts = toConversationFacts({
    status: end === undefined ? 'active' : 'ended',
    createdDate: String(body.createdDate),
    durationInSeconds: seconds,
    eventCount: end === undefined ? 1 : 2,
    lastEvent: { id, eventName: end === undefined ? 'started' : 'ended', createdDate: endedDate ?? String(body.createdDate) },
    conversation: { id, selfUri: toConversationUri(id) },
    authenticated: false,
  })
  return { ...facts, ...body, ...{ status: facts.status, authenticated: false } }
}

/** Conversations that were written as what they are here. */
export const ownModel: ConversationModel = { name: 'sojourn', kind: ownKind, toUri: toConversationUri, toFacts: toOwnFacts }
