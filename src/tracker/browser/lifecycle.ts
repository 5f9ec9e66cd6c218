import type { PlatformEvents } from '../platform.ts'
import type { Listen } from './listen.ts'

/**
 * True when a visitor can see the page. Prerendered pages are not visible; Safari's preload is only told by this, too. Not by `hidden`: that is
 * what pages call the frame that takes the answer of a form, and it then stands where the document's own property was.
 */
export const isVisible = (): boolean => document.visibilityState !== 'hidden' && !(document as { prerendering?: boolean }).prerendering

/**
 * Follows the page's life. Hiding is told by `visibilitychange`, the last event that is reliable on phones, and by `pagehide`
 * (dispatched on the window; `unload` would block the back/forward cache) where the page was visible until its end. Both may
 * fire, so `onVisible` comes once for each change; `onLeave` comes each time, for there may be more to rescue by then.
 */
export const startLifecycle = (listen: Listen, { onVisible, onLeave }: Pick<PlatformEvents, 'onVisible' | 'onLeave'>): void => {
  let shown = isVisible()
  listen(window, 'visibilitychange prerenderingchange pageshow pagehide', ({ type, persisted }: PageTransitionEvent) => {
    const isShown = type !== 'pagehide' && isVisible()
    const isRestored = isShown && persisted
    if (isShown !== shown || isRestored) onVisible((shown = isShown), isRestored)
    // A page that loads in the background leaves nothing.
    if (!isShown && type !== 'pageshow') onLeave(type === 'pagehide')
  })
}
