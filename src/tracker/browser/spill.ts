import type { Event } from '../../model/index.ts'
import type { Spill } from '../platform.ts'
import type { TrackerRecord } from '../record.ts'

/** Characters that the spill of a tab may take of the 5 MiB an origin has. */
const longest = 500_000

/**
 * A bounded, synchronous copy in localStorage of what a leaving page has not committed: an IndexedDB transaction opened in
 * the last task before a close or a navigation is often aborted. The next start of any tab adopts it.
 */
export const createSpill = (site: string): Spill => {
  const prefix = `sojourn.${site}`

  /** Access itself throws where the visitor blocks storage, so nothing is touched before it is needed. */
  const attempt = <T>(work: (storage: Storage) => T, fallback: T): T => {
    try {
      return work(localStorage)
    } catch {
      return fallback
    }
  }

  return {
    write: (tab, record, events) =>
      attempt(storage => {
        storage.setItem(prefix, JSON.stringify(record))
        if (!events.length) return
        let kept = events
        while (JSON.stringify(kept).length > longest) kept = kept.slice(0, Math.floor(kept.length / 2))
        storage.setItem(`${prefix}.${tab}`, JSON.stringify(kept))
      }, undefined),
    record: () =>
      attempt(storage => {
        const record = JSON.parse(storage.getItem(prefix) ?? 'null') as TrackerRecord | null
        return record?.v === 1 ? record : undefined
      }, undefined),
    adopt: ownTab => {
      const keys = attempt(storage => Object.keys(storage).filter(key => key.startsWith(`${prefix}.`) && key !== `${prefix}.${ownTab}`), [])
      const read = (key: string): Event[] => attempt(storage => JSON.parse(storage.getItem(key) ?? '[]') as Event[], [])
      return { events: keys.flatMap(read), forget: () => keys.forEach(key => attempt(storage => storage.removeItem(key), undefined)) }
    },
    forget: tab => attempt(storage => storage.removeItem(`${prefix}.${tab}`), undefined),
  }
}
