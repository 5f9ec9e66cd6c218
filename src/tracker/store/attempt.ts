import type { Core } from '../core.ts'
import type { Storage } from '../platform.ts'
import { toText } from '../toText.ts'

/** Works with the storage, while that is allowed; undefined where there is none, or none any more. */
export type Attempt = <T>(work: (storage: Storage) => Promise<T>) => Promise<T | undefined>

/**
 * Stands between the tracker and a storage that may fail: it then goes on in memory, and says so once.
 *
 * @param erase called when the visitor has refused while something was on its way to the disk: it arrived there after the rest
 *   was erased
 */
export const createAttempt = ({ platform, fail }: Core, isGranted: () => boolean, erase: () => void): Attempt => {
  let { storage } = platform
  return async work => {
    if (!isGranted()) return undefined
    try {
      const result = storage && (await work(storage))
      return isGranted() ? result : undefined
    } catch (cause) {
      storage = undefined
      void fail('storage', toText(cause))
      return undefined
    } finally {
      if (!isGranted()) erase()
    }
  }
}
