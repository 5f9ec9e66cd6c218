import type { Leaving, Spill } from '../platform.ts'

/**
 * A synchronous copy in localStorage of what a leaving page has not committed: an IndexedDB transaction opened in
 * the last task before a close or a navigation is often aborted. The next start of any tab adopts it.
 */
export const createSpill = (site: string): Spill => {
  const prefix = `sojourn.${site}.`
  let keys: string[] = []

  /** Access itself throws where the visitor blocks storage; what stands there may be anybody's. */
  const attempt = <T>(work: () => T, fallback: T): T => {
    try {
      return work()
    } catch {
      return fallback
    }
  }

  return {
    write: (tab, leaving) =>
      attempt(() => {
        keys.push(prefix + tab)
        localStorage.setItem(prefix + tab, JSON.stringify(leaving))
      }, undefined),
    read: () => {
      keys = attempt(() => Object.keys(localStorage).filter(key => key.startsWith(prefix)), [])
      return keys.flatMap(key =>
        attempt(() => {
          const left = JSON.parse(localStorage.getItem(key)!) as Leaving
          return left.record.v === 1 ? [left] : []
        }, []),
      )
    },
    forget: () => keys.splice(0).forEach(key => attempt(() => localStorage.removeItem(key), undefined)),
  }
}
