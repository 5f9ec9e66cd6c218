import type { Listen } from './listen.ts'

/** Milliseconds for which a page that comes back leaves alone what it shares: the page before is told only then that it was left. */
const pause = 100

export interface Freeze {
  /** What is to be called off when the page is frozen. */
  running: Set<() => void>
  /** Resolves when the page may go on; undefined while it never left. */
  thawed(): Promise<unknown> | undefined
}

/**
 * The page's stays in the back/forward cache. Chromium 156 throws a page out of it in which the answer to a request for a Web Lock
 * is to be told, or whose transaction another page's has to wait for; that one may be the page that comes out of it (w3c/IndexedDB#381).
 */
export const createFreeze = (listen: Listen): Freeze => {
  const running = new Set<() => void>()
  let thawed: Promise<unknown> | undefined
  listen(window, 'pagehide', ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    thawed = new Promise(resolve => addEventListener('pageshow', () => setTimeout(resolve, pause), { once: true }))
    running.forEach(callOff => callOff())
    running.clear()
  })
  return { running, thawed: () => thawed }
}
