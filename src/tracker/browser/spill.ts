import { attempt } from '../../model/index.ts'
import type { Leaving, Spill } from '../platform.ts'
import type { TrackerRecord } from '../record.ts'

/**
 * A synchronous copy in localStorage of what a leaving page has not committed: an IndexedDB transaction opened in
 * the last task before a close or a navigation is often aborted. The next start of any tab adopts it, and so does a tab that is
 * open. The record stands beside it, for a next page that has to go before IndexedDB has told it who the visitor is.
 */
export const createSpill = (name: string): Spill => {
  let keys: string[] | undefined

  /** What stands there may be anybody's. */
  const read = <T>(key: string, isOurs: (value: T) => boolean): T | undefined =>
    attempt(() => {
      const value = JSON.parse(localStorage.getItem(key)!) as T
      return isOurs(value) ? value : undefined
    })

  const find = (): string[] => attempt(() => Object.keys(localStorage).filter(key => key.startsWith(`${name}:`))) ?? []
  const remove = (keys: string[] = []): void => keys.splice(0).forEach(key => attempt(() => localStorage.removeItem(key)))

  return {
    write: leaving => {
      const { record, events } = leaving
      attempt(() => localStorage.setItem(name, JSON.stringify(record)))
      if (!events.length) return
      // Named after its first event, so that no other page writes to the same place.
      const key = `${name}:${events[0]!.id}`
      keys?.push(key)
      attempt(() => localStorage.setItem(key, JSON.stringify(leaving)))
    },
    read: () => {
      if (keys) return []
      keys = find()
      return keys.flatMap(key => read<Leaving>(key, ({ record }) => record.v === 1) ?? [])
    },
    refresh: () => (keys = undefined),
    record: () => read<TrackerRecord>(name, ({ v }) => v === 1),
    forget: () => remove(keys),
    erase: () => remove([name, ...find()]),
  }
}
