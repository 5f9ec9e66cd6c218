import { attempt } from '../../model/index.ts'
import type { Leaving, Spill } from '../platform.ts'

/**
 * A synchronous copy in localStorage of what a leaving page has not committed: an IndexedDB transaction opened in
 * the last task before a close or a navigation is often aborted. The next start of any tab adopts it, and so does a tab that is
 * open. The record stands beside it, for a next page that has to go before IndexedDB has told it who the visitor is.
 *
 * @param newKey makes names of which the later one sorts behind the earlier one: no piece takes the place of another
 */
export const createSpill = (name: string, newKey: () => string): Spill => {
  let keys: string[] | undefined

  /** What stands there may be anybody's, or of another version. */
  const read = (key: string): Leaving | undefined =>
    attempt(() => {
      const leaving = JSON.parse(localStorage.getItem(key)!) as Leaving | null
      return leaving?.record.v === 1 ? leaving : undefined
    })
  const write = (key: string, leaving: Leaving): void => attempt(() => localStorage.setItem(key, JSON.stringify(leaving)))

  const find = (): string[] => attempt(() => Object.keys(localStorage).filter(key => key.startsWith(`${name}:`)).sort()) ?? []
  const remove = (keys: string[] = []): void => keys.splice(0).forEach(key => attempt(() => localStorage.removeItem(key)))

  return {
    write: leaving => {
      if (!leaving.events.length) return write(name, leaving)
      const key = `${name}:${newKey()}`
      keys?.push(key)
      write(key, leaving)
    },
    read: () => {
      if (keys) return []
      keys = find()
      return keys.flatMap(key => read(key) ?? [])
    },
    refresh: () => (keys = undefined),
    record: () => read(name)?.record,
    forget: () => remove(keys),
    erase: () => remove([name, ...find()]),
  }
}
