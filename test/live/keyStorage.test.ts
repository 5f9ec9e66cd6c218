import { describe, expect, test } from 'vitest'
import { createKeyStorage } from '../../src/live/keyStorage.ts'

const createStorage = (): Storage => {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    key: index => [...items.keys()][index] ?? null,
    getItem: name => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: name => void items.delete(name),
  }
}

const blocked = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}

describe('the API key', () => {
  test('outlives a reload', () => {
    const storage = createStorage()
    createKeyStorage(() => storage).write('secret')
    expect(createKeyStorage(() => storage).read()).toBe('secret')
  })

  test('is gone after signing out', () => {
    const storage = createStorage()
    const keys = createKeyStorage(() => storage)
    keys.write('secret')
    keys.write('')
    expect([keys.read(), storage.length]).toEqual(['', 0])
  })

  test('lives in memory where the browser refuses storage', () => {
    const keys = createKeyStorage(blocked)
    expect(keys.read()).toBe('')
    keys.write('secret')
    expect(keys.read()).toBe('secret')
  })
})
