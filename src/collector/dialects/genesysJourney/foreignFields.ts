import type { JsonObject } from '../../conversations/documentStore.ts'
import schema from './journeyEvents.json' with { type: 'json' }
import type { ActionEventRequest, SentEvent, TypedValue } from './checkDeploymentEvent.ts'

/** Fields of each kind that the model knows. */
const known = {
  Web: Object.keys(schema.$defs.WebEventRequest.properties),
  App: Object.keys(schema.$defs.AppEventRequest.properties),
  page: Object.keys(schema.$defs.RequestPage.properties),
}

/** Known fields that have no place in an event, or lose something there. */
const kept = ['attributes', 'traits', 'browser', 'device', 'app', 'sdkLibrary', 'networkConnectivity'] as const

/** What the event that an action becomes has of it. */
const ofAction = ['sessionId', 'actionId', 'actionState', 'errorCode', 'errorMessage']

const without = (value: object, names: readonly string[]): JsonObject => Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))

/** What somebody has sent that an event has no place for. */
export interface ForeignFields extends Partial<Record<(typeof kept)[number], JsonObject>> {
  /** Fields that the model does not know. */
  unknown?: JsonObject
  /** Fields of the page that the model does not know. */
  page?: JsonObject
  attributes?: Record<string, TypedValue>
  traits?: Record<string, TypedValue>
}

/** Leaves out what is empty. */
const filled = (fields: Record<string, object | undefined>): ForeignFields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value && Object.keys(value).length))

/** What was sent that an event has no place for. What names the customer has one, and an address is not believed. */
export const toForeignFields = ({ kind, request }: SentEvent): ForeignFields => {
  const parts = Object.entries(request).filter(([name]) => known[kind].includes(name) && kept.some(each => each === name))
  return filled({
    ...(Object.fromEntries(parts) as Record<string, object>),
    ...(kind === 'Web' && { page: without(request.page, known.page) }),
    unknown: without(request, known[kind]),
  })
}

const toText = (fields: ForeignFields): string | undefined => (Object.keys(fields).length ? JSON.stringify(fields) : undefined)

/** What is kept beside an event; undefined where the event has everything. */
export const toForeign = (sent: SentEvent): string | undefined => toText(toForeignFields(sent))

/** What is kept beside the event that an action becomes; undefined where the event has everything. */
export const toForeignAction = (action: ActionEventRequest): string | undefined => toText(filled({ unknown: without(action, ofAction) }))

/** Reads what was kept beside an event. */
export const parseForeign = (foreign: string | undefined): ForeignFields => (foreign === undefined ? {} : (JSON.parse(foreign) as ForeignFields))
