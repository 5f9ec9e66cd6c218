import type { Navigation, Platform } from '../platform.ts'

/** Milliseconds after a navigation until a router has shown the page and set its title. */
const settleDelay = 100

/** The way of pages of a document into pageviews. */
export interface Pageviews {
  /** To be asked at the start, when the page is shown, hidden or comes back from the back/forward cache, and when it may have become another. */
  look(isRestored?: boolean): void
  /** To be told of each navigation within the document, once it has its address. */
  onNavigation(navigation: Navigation): void
}

/**
 * One pageview for each page seen; pages are told apart by their address as it is stored. A route counts when it had time to show
 * itself and to set its title, or when the visitor goes on before that. One that is replaced before was a redirect: nobody has seen it.
 */
export const createPageviews = ({ page, isVisible, createAlarm }: Pick<Platform, 'page' | 'isVisible' | 'createAlarm'>, pageview: (left?: { url: string }) => void): Pageviews => {
  let seen: string | undefined
  let arrived: string | undefined

  const see = (url: string, isRestored?: boolean, left?: { url: string }): void => {
    if (isRestored) seen = undefined
    if (!isVisible() || url === seen) return
    seen = url
    pageview(left)
  }

  const look = (isRestored?: boolean): void => see((arrived = page().url), isRestored)
  const lookSoon = createAlarm(look)
  let first: Navigation['navigationType']
  // Once the navigation's task is over: what redirects within one has shown nothing.
  const arriveSoon = createAlarm(() => {
    const { url } = page()
    if (first !== 'replace' && arrived && arrived !== url) see(arrived, false, { url: arrived })
    first = undefined
    arrived = url
    lookSoon(settleDelay, true)
  })
  const onNavigation = ({ navigationType }: Navigation): void => {
    if (page().url === arrived) return
    first ??= navigationType
    arriveSoon(0)
  }
  return { look, onNavigation }
}
