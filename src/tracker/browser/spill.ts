import { attempt } from '../../model/index.ts'
import type { Leaving, Spill } from '../platform.ts'

/**
 * A synchronous copy in localStorage of what a leaving page has not committed: an IndexedDB transaction opened in
 * the last task before a close or a navigation is often aborted. The next start of any tab adopts it, and so does a tab that is
 * open. The record stands beside it, for a next page that has to go before IndexedDB has told it who the visitor is.
 *
 * @param page name of this page, which no other has
 */
export const createSpill = (name: string, page: string): Spill => {
  // What another page has left may have to be written once more: not to its place, where there may be more by now.
  const own = `${name}:${page}`
  let keys: string[] | undefined

  /** What stands there may be anybody's, or of another version. */
  const read = (key: string): Leaving | undefined =>
    attempt(() => {
      const leaving = JSON.parse(localStorage.getItem(key)!) as Leaving
      return leaving.record.v === 1 ? leaving : undefined
    })
  const write = (key: string, leaving: Partial<Leaving>): void => attempt(() => localStorage.setItem(key, JSON.stringify(leaving)))

  const find = (): string[] => attempt(() => Object.keys(localStorage).filter(key => key.startsWith(`${name}:`))) ?? []
  const remove = (keys: string[] = []): void => keys.splice(0).forEach(key => attempt(() => localStorage.removeItem(key)))

  return {
    write: leaving => {
      const { record, events } = leaving
      write(name, { record })
      if (!events.length) return
      keys?.push(own)
      write(own, leaving)
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
