import type { AddressableEntityRef, SessionLastEvent } from '../../model/session.ts'
import type { ForeignDocument } from './documentStore.ts'

/** By which medium a conversation was held. Vendors add values; those are kept. */
export interface ConversationChannel {
  type: string
  messageType?: string
  platform?: string
}

/** What an agent noted at the end. */
export interface UserDisposition {
  code: string
  notes?: string
  user: AddressableEntityRef
}

/**
 * A call, chat or exchange of messages as a Session of the type `conversation`, in whatever model it was written. Field names are those
 * of the Genesys Cloud journey Session; `status`, `model` and `sessions` are Sojourn's own.
 */
export interface ConversationSession {
  id: string
  type: 'conversation'
  status: 'active' | 'ended'
  createdDate: string
  endedDate?: string
  durationInSeconds?: number
  customerId?: string
  customerIdType?: string
  externalId?: string
  externalUrl?: string
  externalContact?: AddressableEntityRef
  divisionIds?: string[]
  eventCount: number
  lastEvent: SessionLastEvent
  conversation?: AddressableEntityRef
  conversationChannels?: ConversationChannel[]
  conversationSubject?: string
  originatingDirection?: string
  lastConnectedQueue?: AddressableEntityRef
  lastConnectedUser?: AddressableEntityRef
  lastUserDisposition?: UserDisposition
  lastUserDisconnectType?: string
  lastAcdOutcome?: string
  authenticated: boolean
  /** In whose model it was written, and where that is read. */
  model: { name: string; selfUri: string }
  selfUri: string
  /** Ids of the web sessions that it grew from. */
  sessions: string[]
  /** Id of their site, if there is one. */
  site?: string
}

/** What a model says of a conversation; the rest follows from where it is kept. */
export type ConversationFacts = Omit<ConversationSession, 'id' | 'type' | 'selfUri' | 'sessions' | 'site' | 'model'>

/** A model in which conversations are written. */
export interface ConversationModel {
  name: string
  /** Kind of its documents. */
  kind: string
  /** Path under which a document is read in its own model. */
  toUri(id: string): string
  /** @param now milliseconds since 1970: what has expired by then is over */
  toFacts(document: ForeignDocument, now: number): ConversationFacts
}

type Certain = Pick<ConversationFacts, 'status' | 'createdDate' | 'eventCount' | 'lastEvent' | 'authenticated'>

/** Drops fields that are undefined, so that an answer says only what is known. */
export const toConversationFacts = (facts: Certain & { [K in keyof ConversationFacts]?: ConversationFacts[K] | undefined }): ConversationFacts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Certain
