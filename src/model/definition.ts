import type { ContextKey } from './contextKeys.ts'
import type { Criteria } from './criteria.ts'

/** A condition about the session. */
export interface EntityTypeCriteria extends Criteria {
  key: ContextKey
  entityType: 'visit'
}

/** Conditions about the session, all of which have to hold. */
export interface ContextPattern {
  criteria: EntityTypeCriteria[]
}

/** Which events a journey pattern looks at. */
export const streamTypes = ['Web', 'Custom', 'Conversation', 'App'] as const

/** Something that has to happen: an event for which all criteria hold, so many times. */
export interface JourneyPattern {
  criteria: Criteria[]
  /** How many events of the session have to match. */
  count: number
  streamType: (typeof streamTypes)[number]
  /** Type of the session, e.g. `web`. */
  sessionType: string
  /** Name of the event, exactly; absent for any. */
  eventName?: string
}

/** What a client of another vendor has written of a definition beyond what is known here. All of it is kept in the definition. */
export interface ForeignDefinition {
  /** What cannot be evaluated, and why: nobody meets the definition. Absent where only fields are not known. */
  obstacle?: string
}

/** What segments and outcomes have in common. Fields are those of Genesys Cloud. */
export interface Definition {
  id: string
  /** Only active ones are evaluated. */
  isActive: boolean
  displayName: string
  /** Counts changes, from 1 on. */
  version: number
  description?: string
  /** Patterns about the session: all have to hold. */
  context: { patterns: ContextPattern[] }
  /** Patterns about events: all have to have happened, in any order. */
  journey: { patterns: JourneyPattern[] }
  /** Absent where everything is known. */
  foreign?: ForeignDefinition
  selfUri?: string
  createdDate: string
  modifiedDate: string
}

/** A group that visitors belong to once its conditions are met. */
export interface JourneySegment extends Definition {
  /** `#RRGGBB` */
  color: string
  /** `Session`: for the session in which the conditions are met. `Customer`: also for later ones, until it expires. */
  scope: 'Session' | 'Customer'
  shouldDisplayToAgent: boolean
  /** The same group in another system. */
  externalSegment?: { id: string; name: string; source: 'AdobeExperiencePlatform' | 'Custom' }
  /** Days that a segment of a customer lasts from its assignment on. */
  assignmentExpirationDays?: number
}

/** Something that a session achieves once its conditions are met. */
export interface Outcome extends Definition {
  /** Wanted, or unwanted. */
  isPositive: boolean
  /** Attribute that tells how much the outcome is worth, as `attributes.<name>.value`. */
  associatedValueField?: { dataType: 'Number' | 'Integer'; name: string }
}

/** All that is evaluated. */
export interface Definitions {
  segments: JourneySegment[]
  outcomes: Outcome[]
}

/** Days that a segment of a customer lasts where its definition does not say. */
export const usualExpirationDays = 30
