import type { ModelName } from './openStage.ts'

/** Why a property is never filled, and what it is seen as: a value that says nothing, or not at all. */
export interface Exemption {
  because: string
  seen?: false
}

const noPlugins = { because: 'deprecated by the vendor, and impossible in browsers: plug-ins are gone', seen: false } as const

const ofPath = { because: 'what a server says of where something is read: a request has nothing to say there' } as const

const noOffers = { because: 'there are no actions: Sojourn offers nothing to visitors by itself, and a ping says so by an empty list' } as const

const parts = (exemption: Exemption, ...names: string[]): Record<string, Exemption> => Object.fromEntries(names.map(name => [`${name}.*`, exemption]))

const offers: Record<string, Exemption> = {
  'DeploymentPing.actions': noOffers,
  'Event.webActionEvent': noOffers,
  ...parts(noOffers, 'DeploymentWebAction', 'WebActionEvent', 'EventAction', 'ActionEventActionMap'),
  ...parts(noOffers, 'WebMessagingOfferProperties', 'ContentOffer', 'OpenActionProperties', 'CallToAction', 'ContentOfferStylingConfiguration', 'ContentPositionProperties'),
  ...parts(noOffers, 'ContentOfferStyleProperties', 'CloseButtonStyleProperties', 'CtaButtonStyleProperties', 'TextStyleProperties'),
}

/** Properties that no real path can fill, and parts of which none can: `Part.*`. */
export const exemptions: Record<ModelName, Record<string, Exemption>> = {
  session: { 'Browser.featuresFlash': noPlugins, 'Browser.featuresJava': noPlugins },
  events: { 'Browser.featuresFlash': noPlugins, 'Browser.featuresJava': noPlugins, 'ActionEventRequest.selfUri': ofPath, ...offers },
  segments: {},
  analytics: {},
  syllable: {},
  vapi: { 'PaginationMeta.itemsBeyondRetention': { because: 'what is older than the collector keeps it is removed: there is none', seen: false } },
}
