import type { Event } from './event.ts'
import type { Browser, Device, JourneyApp, NetworkConnectivity, PageFacts, SdkLibrary } from './session.ts'

/** `navigator.userAgentData` as far as it is known: the low-entropy part, and the high-entropy one when it came in time. */
export interface UserAgentData {
  brands?: { brand: string; version: string }[]
  fullVersionList?: { brand: string; version: string }[]
  mobile?: boolean
  platform?: string
  platformVersion?: string
  architecture?: string
  model?: string
}

/** Facts about the browser and the device that all events of a batch share. */
export interface BatchContext {
  userAgent?: string
  userAgentData?: UserAgentData
  /** BCP 47, e.g. `en-GB`. */
  language?: string
  /** IANA name, e.g. `Europe/Berlin`. */
  timezone?: string
  /** CSS pixels, and device pixels per CSS pixel. */
  screen?: { width: number; height: number; density: number }
  viewport?: { width: number; height: number }
  /** What the sender knows of its browser and its device, where that is more than the user agent tells: an app knows its phone. */
  browser?: Partial<Pick<Browser, 'family' | 'version'>>
  device?: Partial<Pick<Device, 'category' | 'type' | 'isMobile' | 'fingerprint' | 'osFamily' | 'osVersion' | 'manufacturer'>>
  app?: JourneyApp
  networkConnectivity?: NetworkConnectivity
}

/** Why a page gave up an event before the collector had it. */
export type LossReason = 'cap' | 'rejected' | 'refused' | 'storage' | 'tooLarge'

/** What one request to `POST /v1/events` carries. */
export interface Batch {
  v: 1
  site: string
  /** Wall clock of the page at the moment of sending; on the same clock as the events' `at`. */
  sentAt: number
  visitor: { id: string }
  library: SdkLibrary
  context: BatchContext
  events: Event[]
  /** By session id: how many of its events the page has given up so far, by reason. Totals, so that repeats are harmless. */
  lost?: Record<string, Partial<Record<LossReason, number>>>
  /** True when the browser sends it some time after `sentAt` (`fetchLater`): its transit says nothing about the clock. */
  deferred?: boolean
  /** Milliseconds, at most 2000, that the page asks the collector to wait for the session's short id. */
  wait?: number
}

/** Answer to a batch. */
export interface BatchResult {
  accepted: number
  /** Events known already when the answer was given. */
  duplicates: number
  rejected: { id: string | null; reason: string }[]
  /** What the page may know of the session of the batch's newest event; absent while it is not folded yet. */
  session?: PageFacts
}

