import type { Leaving, Spill } from '../platform.ts'

/** Access itself throws where the visitor blocks storage, and what stands there may be anybody's: then there is nothing. */
const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

/**
 * A synchronous copy in localStorage of what a leaving page has not committed: an IndexedDB transaction opened in
 * the last task before a close or a navigation is often aborted. The next start of any tab adopts it.
 */
export const createSpill = (name: string): Spill => {
  let keys: string[] | undefined

  const read = (key: string): Leaving | [] => {
    const left = JSON.parse(localStorage.getItem(key)!) as Leaving
    return left.record.v === 1 ? left : []
  }

  const find = (): string[] => attempt(() => Object.keys(localStorage).filter(key => key.startsWith(`${name}:`))) ?? []
  const remove = (keys: string[] = []): void => keys.splice(0).forEach(key => attempt(() => localStorage.removeItem(key)))

  return {
    write: leaving =>
      attempt(() => {
        // Named after its first event, so that no other page writes to the same place.
        const key = `${name}:${leaving.events[0]!.id}`
        keys?.push(key)
        localStorage.setItem(key, JSON.stringify(leaving))
      }),
    read: () => {
      if (keys) return []
      keys = find()
      return keys.flatMap(key => attempt(() => read(key)) ?? [])
    },
    forget: () => remove(keys),
    erase: () => remove(find()),
  }
}
