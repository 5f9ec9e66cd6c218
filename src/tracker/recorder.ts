import { findCampaign, type EventAttributes } from '../model/index.ts'
import { cleanAttributes } from './attributes.ts'
import { clipPage } from './clipPage.ts'
import type { Core, Says } from './core.ts'
import { isText } from './text.ts'
import type { Tracker } from './tracker.ts'

/** Makes events of what the page calls: checks the arguments, and adds the page. */
export const createRecorder = ({ platform, settings, fail, guard }: Core, take: (says: Says) => void): Pick<Tracker, 'pageview' | 'screenview' | 'track' | 'identify'> => {
  let previousUrl: string | undefined

  const refuse = (...facts: unknown[]): void => void fail('argument', ...facts)
  const check = (isFit: boolean, what: string, given: unknown): boolean => {
    if (!isFit) refuse(what, given)
    return isFit
  }
  const clean = (given: unknown): EventAttributes | undefined => cleanAttributes(given, refuse)

  return {
    pageview: guard((given, attributes) => {
      const page = clipPage({ ...platform.page(), referrer: previousUrl, ...given })
      const address = given?.url ?? platform.address()
      previousUrl = page.url
      take({
        type: 'pageview',
        page,
        searchParameters: settings.searchParameters,
        campaign: findCampaign(address, settings.campaign),
        attributes: clean(attributes),
      })
    }),
    screenview: guard((screen, attributes) => {
      if (check(isText(screen), 'screenview', screen)) take({ type: 'screenview', screen, attributes: clean(attributes) })
    }),
    track: guard((eventName, attributes) => {
      if (check(isText(eventName, /^[\w-]{1,255}$/), 'track', eventName))
        take({ type: 'custom', eventName, page: platform.page(), attributes: clean(attributes) })
    }),
    identify: guard((id, { type = 'customer', traits, token } = {}) => {
      if (check(isText(id) && isText(type), 'identify', id)) take({ type: 'identify', customer: { id, type }, traits: clean(traits), token: isText(token, /./) ? token : undefined })
    }),
  }
}
