import { listen } from './listen.ts'

/** What happens to the page as a whole. */
export interface LifecycleHandlers {
  /** The page was shown, restored from the back/forward cache, or activated after prerendering. */
  onShow(restored: boolean): void
  /** The page was hidden, or is about to go; it may be the last code that runs. */
  onHide(): void
}

/** True when a visitor can see the page. Prerendered pages are not visible; Safari's preload is only told by this, too. */
export const isVisible = (): boolean => document.visibilityState === 'visible' && !(document as { prerendering?: boolean }).prerendering

/** Calls back when the page leaves: `pagehide` is dispatched on the window, and `unload` would block the back/forward cache. */
export const onPageHide = (callback: () => void): (() => void) => listen(window, 'pagehide', callback)

/**
 * Follows the page's life. Hiding is told by `visibilitychange`, the last event that is reliable on phones, and by
 * `pagehide` where the page was visible until its end; both may fire, so the callbacks come once for each change.
 */
export const startLifecycle = ({ onShow, onHide }: LifecycleHandlers): (() => void) => {
  let shown = isVisible()
  const set = (visible: boolean, restored = false): void => {
    if (visible === shown && !restored) return
    shown = visible
    if (visible) onShow(restored)
    else onHide()
  }
  const stops = [
    listen(document, 'visibilitychange prerenderingchange', () => set(isVisible())),
    listen(window, 'pageshow', (event: PageTransitionEvent) => event.persisted && isVisible() && set(true, true)),
    onPageHide(() => set(false)),
  ]
  return () => stops.forEach(stop => stop())
}
