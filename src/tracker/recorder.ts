import { limits, parseCampaign, parseSearchTerms, type CampaignOptions, type EventAttributes, type EventPage, type EventType } from '../model/index.ts'
import { cleanAttributes } from './attributes.ts'
import type { Platform } from './platform.ts'
import type { Tracker } from './tracker.ts'

export interface RecorderOptions {
  platform: Pick<Platform, 'page' | 'address'>
  campaign: CampaignOptions | undefined
  searchParameters: readonly string[]
  /** Takes what an event says; undefined values are left out. */
  record(says: { type: EventType } & Record<string, unknown>): void
  /** Told when an argument is not what was expected. */
  refuse(message: string): void
}

const isName = (name: unknown): name is string => typeof name === 'string' && name.length > 0 && name.length <= limits.name

const named = `1 to ${limits.name} characters`

/** Cuts what a page says about itself to the limits of the wire. */
const clip = (page: EventPage): EventPage => {
  const cut = (field: 'url' | 'title' | 'referrer' | 'keywords'): object =>
    page[field] ? { [field]: page[field].slice(0, field === 'referrer' ? limits.url : limits[field]) } : {}
  return { ...page, ...cut('url'), ...cut('title'), ...cut('referrer'), ...cut('keywords') }
}

/** Makes events of what the page calls: checks the arguments, and adds the page. */
export const createRecorder = ({ platform, campaign, searchParameters, record, refuse }: RecorderOptions): Pick<
  Tracker,
  'pageview' | 'screenview' | 'track' | 'identify'
> => {
  let previousUrl: string | undefined

  const clean = (given: unknown): EventAttributes | undefined => cleanAttributes(given, refuse)

  return {
    pageview: (given, attributes) => {
      const page = clip({ ...platform.page(), ...(previousUrl && { referrer: previousUrl }), ...given })
      const address = given?.url ?? platform.address()
      const searchTerms = parseSearchTerms(address, searchParameters)
      previousUrl = page.url
      record({
        type: 'pageview',
        page,
        searchTerms: searchTerms.length ? searchTerms : undefined,
        campaign: parseCampaign(address, campaign),
        attributes: clean(attributes),
      })
    },
    screenview: (screen, attributes) => {
      if (!isName(screen)) return refuse(`screenview: expected a name of ${named}`)
      record({ type: 'screenview', screen, attributes: clean(attributes) })
    },
    track: (eventName, attributes) => {
      if (!isName(eventName) || !/^[\w-]+$/.test(eventName)) {
        return refuse(`track: expected a name of ${named}, letters, digits, _ and -, got ${String(eventName).slice(0, 50)}`)
      }
      record({ type: 'custom', eventName, page: clip(platform.page()), attributes: clean(attributes) })
    },
    identify: (id, { type = 'customer', traits, token } = {}) => {
      if (!isName(id) || !isName(type)) return refuse(`identify: expected an id and a type of ${named}`)
      record({ type: 'identify', customer: { id, type }, traits: clean(traits), token })
    },
  }
}
