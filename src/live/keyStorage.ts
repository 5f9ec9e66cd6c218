/** Keeps the API key while the tab lives, so that a reload needs no new sign-in. */
export interface KeyStorage {
  /** The kept key, '' for none. */
  read(): string
  /** Keeps a key; '' forgets it. */
  write(key: string): void
}

const name = 'sojourn-api-key'

/**
 * Creates the storage around `sessionStorage`: it is not shared with other tabs, and gone when the tab closes. Where the
 * browser refuses it, the key lives in memory alone.
 *
 * @param reach returns `sessionStorage`; reaching for it may throw
 */
export const createKeyStorage = (reach: () => Storage): KeyStorage => {
  let inMemory = ''
  return {
    read() {
      try {
        return reach().getItem(name) ?? inMemory
      } catch {
        return inMemory
      }
    },
    write(key) {
      inMemory = key
      try {
        if (key) reach().setItem(name, key)
        else reach().removeItem(name)
      } catch {
        inMemory = key
      }
    },
  }
}
