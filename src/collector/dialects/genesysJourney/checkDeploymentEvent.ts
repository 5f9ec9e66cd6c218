import { isIP } from 'node:net'
import { checkInstant, createDocumentCheck } from '../../conversations/createDocumentCheck.ts'
import type { Device } from '../../../model/session.ts'
import { shapes } from '../../../model/shapes.ts'
import { ProblemError } from '../../problem.ts'
import schema from './journeyEvents.json' with { type: 'json' }

/** A value with its type, as their attributes and traits are written. */
export interface TypedValue {
  dataType: string
  value: string
}

interface Shared {
  eventName: string
  customerCookieId: string
  createdDate: string
  referrerUrl?: string
  searchQuery?: string
  ipAddress?: string
  attributes?: Record<string, TypedValue>
  traits?: Record<string, TypedValue>
  externalId?: string
}

/** A device as it is sent to them. */
export interface GivenDevice {
  category: Device['category']
  type: string
  isMobile?: boolean
  screenHeight?: number
  screenWidth?: number
  screenDensity?: number
  fingerprint?: string
  osFamily: string
  osVersion: string
  manufacturer?: string
}

/** An event of a website as it is sent to them. */
export interface WebEventRequest extends Shared {
  page: { url: string; title: string; keywords?: string; lang?: string }
  userAgentString?: string
  browser?: { family: string; version: string; lang?: string }
  device?: GivenDevice
}

/** An event of an app as it is sent to them. */
export interface AppEventRequest extends Shared {
  screenName: string
  app: { name: string; namespace: string; version: string; buildNumber: string }
  device: GivenDevice
  sdkLibrary?: { name: string; version: string }
  networkConnectivity?: { carrier?: string; bluetoothEnabled: boolean; cellularEnabled: boolean; wifiEnabled: boolean }
}

/** An event that was sent, and as what: a field that the model does not know may be named like one that tells the other kind. */
export type SentEvent = { kind: 'Web'; request: WebEventRequest } | { kind: 'App'; request: AppEventRequest }

/** What became of an action that was offered to a visitor. */
export interface ActionEventRequest {
  id?: string
  sessionId: string
  actionId: string
  actionState: string
  errorCode?: string
  errorMessage?: string
}

const checkWeb = createDocumentCheck<WebEventRequest>({ schema, part: '#/$defs/WebEventRequest' })
const checkApp = createDocumentCheck<AppEventRequest>({ schema, part: '#/$defs/AppEventRequest' })
const checkAction = createDocumentCheck<ActionEventRequest>({ schema, part: '#/$defs/ActionEventRequest' })

/** Milliseconds that an event may be old, and that a clock may be ahead. */
const oldest = 3_600_000
const ahead = 60_000

const namePattern = /^[\w-]{1,255}$/

const idPattern = new RegExp(shapes.id.pattern)

const refuse = (detail: string): never => {
  throw new ProblemError('invalid-document', { detail })
}

const checkShared = <T extends Shared>(event: T, now: number): T => {
  if (!namePattern.test(event.eventName)) refuse('eventName must have 1 to 255 letters, digits, _ and - alone')
  const customerCookieId = event.customerCookieId.toLowerCase()
  if (!idPattern.test(customerCookieId)) refuse('customerCookieId must be a UUID')
  const at = checkInstant(event.createdDate, 'createdDate')
  if (at < now - oldest) refuse('createdDate must not be older than one hour')
  if (at > now + ahead) refuse('createdDate must not lie in the future')
  return { ...event, customerCookieId }
}

/** @param now milliseconds since 1970. @throws ProblemError `invalid-document` */
export const checkDeploymentWebEvent = (json: unknown, now: number) => ({ kind: 'Web', request: checkShared(checkWeb(json), now) }) as const

/** @param now milliseconds since 1970. @throws ProblemError `invalid-document` */
export const checkDeploymentAppEvent = (json: unknown, now: number) => ({ kind: 'App', request: checkShared(checkApp(json), now) }) as const

/** Checks the address that a server names. @throws ProblemError `invalid-document` */
export const checkDeploymentAddress = (address: string | undefined): string | undefined =>
  address === undefined || isIP(address) ? address : refuse('ipAddress must be an IP address')

/** @throws ProblemError `invalid-document` */
export const checkDeploymentActionEvent = (json: unknown): ActionEventRequest => checkAction(json)
