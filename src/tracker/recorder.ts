import { limits, parseCampaign, parseSearchTerms, type CampaignOptions, type EventPage, type Scalar } from '../model/index.ts'
import { cleanAttributes } from './attributes.ts'
import type { Platform } from './platform.ts'
import type { Draft } from './record.ts'
import type { Attributes, Identity, Tracker } from './tracker.ts'

export interface RecorderOptions {
  platform: Pick<Platform, 'now' | 'newId' | 'page' | 'address'>
  campaign: CampaignOptions
  searchParameters: readonly string[]
  middleware: ((draft: Draft) => unknown) | undefined
  add(draft: Draft): void
  /** Told when an argument is not what was expected. */
  refuse(message: string): void
}

type Recorder = Pick<Tracker, 'pageview' | 'screenview' | 'track' | 'identify'> & { end(): void }

const isName = (name: unknown): name is string => typeof name === 'string' && name.length > 0 && name.length <= limits.name

const clip = (page: EventPage): EventPage => ({
  ...page,
  url: page.url.slice(0, limits.url),
  ...(page.title && { title: page.title.slice(0, limits.title) }),
  ...(page.referrer && { referrer: page.referrer.slice(0, limits.url) }),
  ...(page.keywords && { keywords: page.keywords.slice(0, limits.keywords) }),
})

/** Makes drafts of what the page calls: checks the arguments, adds instant, id and page, and asks the middleware. */
export const createRecorder = ({ platform, campaign, searchParameters, middleware, add, refuse }: RecorderOptions): Recorder => {
  let previousUrl: string | undefined

  const record = (draft: Omit<Draft, 'id' | 'at'>): void => {
    const at = platform.now()
    const made = { id: platform.newId(at), at, ...draft } as Draft
    const passed = middleware ? middleware(made) : made
    // The middleware may change what an event says, not which event it is.
    if (passed) add({ ...(passed as Draft), id: made.id, at, type: made.type } as Draft)
  }

  const clean = (given: Attributes | undefined): object => {
    const { attributes, problems } = cleanAttributes(given)
    problems.forEach(refuse)
    return Object.keys(attributes).length ? { attributes: { ...attributes } } : {}
  }

  return {
    pageview: (given, attributes) => {
      const page = clip({ ...platform.page(), ...(previousUrl && { referrer: previousUrl }), ...given })
      const address = given?.url ?? platform.address()
      const searchTerms = parseSearchTerms(address, searchParameters).slice(0, limits.searchTerms)
      const landed = parseCampaign(address, campaign)
      previousUrl = page.url
      record({ type: 'pageview', page, ...(searchTerms.length && { searchTerms }), ...(landed && { campaign: landed }), ...clean(attributes) } as Draft)
    },
    screenview: (screen, attributes) => {
      if (!isName(screen)) return refuse(`screenview: expected a name of 1 to ${limits.name} characters`)
      record({ type: 'screenview', screen, ...clean(attributes) } as Draft)
    },
    track: (eventName, attributes) => {
      if (!isName(eventName) || !/^[\w-]+$/.test(eventName)) {
        return refuse(`track: expected an event name of letters, digits, _ and -, 1 to ${limits.name} of them, got ${String(eventName).slice(0, 50)}`)
      }
      record({ type: 'custom', eventName, page: clip(platform.page()), ...clean(attributes) } as Draft)
    },
    identify: (id, identity: Identity = {}) => {
      const { type = 'customer', traits, token } = identity
      if (!isName(id) || !isName(type)) return refuse(`identify: expected an id and a type of 1 to ${limits.name} characters`)
      const { attributes } = clean(traits) as { attributes?: Record<string, Scalar> }
      record({ type: 'identify', customer: { id, type }, ...(attributes && { traits: attributes }), ...(token && { token }) } as Draft)
    },
    end: () => record({ type: 'end', reason: 'reset' } as Draft),
  }
}
