import { defined, limits, parseCampaign, parseSearchTerms, type EventAttributes, type EventPage, type EventType } from '../model/index.ts'
import { cleanAttributes } from './attributes.ts'
import { aText, isText } from './text.ts'
import type { Emitter } from './emitter.ts'
import type { Settings } from './options.ts'
import type { Platform } from './platform.ts'
import type { Tracker } from './tracker.ts'

export interface RecorderOptions {
  platform: Pick<Platform, 'page' | 'address'>
  settings: Pick<Settings, 'campaign' | 'searchParameters'>
  /** Takes what an event says; undefined values are left out. */
  record(says: { type: EventType } & Record<string, unknown>): void
  fail: Emitter['fail']
}

/** Cuts what a page says about itself to the limits of the wire. */
const clip = ({ url, title, referrer, keywords, ...page }: EventPage): EventPage =>
  defined<EventPage>({
    ...page,
    url: url.slice(0, limits.url),
    title: title?.slice(0, limits.title),
    referrer: referrer?.slice(0, limits.url),
    keywords: keywords?.slice(0, limits.keywords),
  })

/** Makes events of what the page calls: checks the arguments, and adds the page. */
export const createRecorder = ({ platform, settings, record, fail }: RecorderOptions): Pick<
  Tracker,
  'pageview' | 'screenview' | 'track' | 'identify'
> => {
  let previousUrl: string | undefined

  const take = (problem: string | false, says: Parameters<typeof record>[0]): void => (problem ? fail('argument', problem) : record(says))
  const clean = (given: unknown): EventAttributes | undefined => cleanAttributes(given, problem => fail('argument', problem))

  return {
    pageview: (given, attributes) => {
      const page = clip({ ...platform.page(), ...(previousUrl && { referrer: previousUrl }), ...given })
      const address = given?.url ?? platform.address()
      const searchTerms = parseSearchTerms(address, settings.searchParameters)
      previousUrl = page.url
      record({
        type: 'pageview',
        page,
        searchTerms: searchTerms.length ? searchTerms : undefined,
        campaign: parseCampaign(address, settings.campaign),
        attributes: clean(attributes),
      })
    },
    screenview: (screen, attributes) =>
      take(!isText(screen) && `screenview: expected ${aText}`, { type: 'screenview', screen, attributes: clean(attributes) }),
    track: (eventName, attributes) =>
      take(!(isText(eventName) && /^[\w-]+$/.test(eventName)) && `track: expected ${aText}, letters, digits, _ and -, got ${String(eventName).slice(0, 50)}`, {
        type: 'custom',
        eventName,
        page: clip(platform.page()),
        attributes: clean(attributes),
      }),
    identify: (id, { type = 'customer', traits, token } = {}) =>
      take(!(isText(id) && isText(type)) && `identify: expected id and type to be ${aText}`, {
        type: 'identify',
        customer: { id, type },
        traits: clean(traits),
        token,
      }),
  }
}
