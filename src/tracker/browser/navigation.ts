import type { PlatformEvents } from '../platform.ts'
import type { Listen } from './listen.ts'

/** Calls back after each navigation within the document, whoever caused it. Without the Navigation API the page's calls are to be followed. */
export const startNavigation = (listen: Listen, { onNavigation, follow }: Pick<PlatformEvents, 'onNavigation' | 'follow'>): void => {
  const { navigation } = globalThis as { navigation?: EventTarget }
  if (navigation) listen(navigation, 'currententrychange', onNavigation)
  else {
    listen(window, 'popstate hashchange', onNavigation)
    follow()
  }
}
