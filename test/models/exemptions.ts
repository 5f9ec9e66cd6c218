import type { ModelName } from './openStage.ts'

/** Why a property is never filled, and what it is seen as: a value that says nothing, or not at all. */
export interface Exemption {
  because: string
  seen?: false
}

const noPlugins = { because: 'deprecated by the vendor, and impossible in browsers: plug-ins are gone', seen: false } as const

const ofPath = { because: 'what a server says of where something is read: a request has nothing to say there' } as const

/** Properties that no real path can fill. */
export const exemptions: Record<ModelName, Record<string, Exemption>> = {
  session: { 'Browser.featuresFlash': noPlugins, 'Browser.featuresJava': noPlugins },
  events: { 'Browser.featuresFlash': noPlugins, 'Browser.featuresJava': noPlugins, 'ActionEventRequest.selfUri': ofPath },
  segments: {},
  analytics: {},
  syllable: {},
  vapi: { 'PaginationMeta.itemsBeyondRetention': { because: 'what is older than the collector keeps it is removed: there is none', seen: false } },
}
