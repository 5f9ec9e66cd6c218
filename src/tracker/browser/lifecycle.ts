import { listen } from './listen.ts'

/** True when a visitor can see the page. Prerendered pages are not visible; Safari's preload is only told by this, too. */
export const isVisible = (): boolean => document.visibilityState === 'visible' && !(document as { prerendering?: boolean }).prerendering

/** Calls back when the page leaves: `pagehide` is dispatched on the window, and `unload` would block the back/forward cache. */
export const onPageHide = (callback: () => void): (() => void) => listen(window, 'pagehide', callback)

/**
 * Follows the page's life. Hiding is told by `visibilitychange`, the last event that is reliable on phones, and by
 * `pagehide` where the page was visible until its end; both may fire, so the callback comes once for each change.
 *
 * @param onChange called with whether the page can be seen now, and whether it came back from the back/forward cache;
 * when it is not visible that may be the last code that runs
 */
export const startLifecycle = (onChange: (isShown: boolean, isRestored: boolean) => void): (() => void) => {
  let shown = isVisible()
  return listen(window, 'visibilitychange prerenderingchange pageshow pagehide', ({ type, persisted }: PageTransitionEvent) => {
    const isShown = type !== 'pagehide' && isVisible()
    const isRestored = type === 'pageshow' && persisted
    if (isShown !== shown || isRestored) onChange((shown = isShown), isRestored)
  })
}
