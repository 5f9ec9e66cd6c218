import type { Platform } from '../platform.ts'

/**
 * One pageview for each page seen: to be asked at the start, when the page is shown or comes back from the back/forward cache, and
 * after each navigation in the document; pages are told apart by their address as it is stored.
 */
export const createPageviews = ({ page, isVisible }: Pick<Platform, 'page' | 'isVisible'>, pageview: () => void): ((isRestored?: boolean) => void) => {
  let seen: string | undefined
  return isRestored => {
    const { url } = page()
    if (!isVisible() || (url === seen && !isRestored)) return
    seen = url
    pageview()
  }
}
