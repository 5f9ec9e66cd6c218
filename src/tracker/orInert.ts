import { inertTracker } from './inertTracker.ts'
import type { Tracker } from './tracker.ts'

/**
 * Starts a tracker where there is a page. On a server and with wrong options it is one that does nothing; so it is, and told, where the
 * document is not one of a browser's (that of a renderer on a server), or a page has taken away what a tracker needs: the app goes on.
 */
export const orInert = (start: () => Tracker | undefined): Tracker => {
  try {
    return (typeof document === 'undefined' ? undefined : start()) ?? inertTracker()
  } catch (cause) {
    console.error('Sojourn did not start.', cause)
    return inertTracker()
  }
}
