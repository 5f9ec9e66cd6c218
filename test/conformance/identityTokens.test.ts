import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import type { SessionStore, TokenClaim } from '../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { start } from '../collector/batches.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const versions: [name: string, create: () => SessionStore][] = [
  ['in memory', () => createMemorySessionStore([])],
  ['in SQLite', () => createSqliteSessionStore({ file: join(temporaryFolder(), 'sessions.sqlite'), sites: [], log: createMemoryEventLog() })],
]

describe.each(versions)('a session store %s', (_name, create) => {
  test('knows who has brought a token first, until it forgets everything', () => {
    const store = create()
    onTestFinished(() => store.close())
    const claim = (more: Partial<TokenClaim>): string => {
      let holder = ''
      store.transaction({ name: 'sessions', version: 1, position: 1 }, writer => {
        holder = writer.claimToken({ site: 'shop', token: 'a', holder: '1', until: start, ...more })
      })
      return holder
    }
    expect([claim({}), claim({ holder: '2' }), claim({})]).toEqual(['1', '1', '1'])
    expect([claim({ site: 'other', holder: '3' }), claim({ token: 'b', holder: '4' }), claim({ token: 'b' })]).toEqual(['3', '4', '4'])
    store.clear()
    expect(claim({ holder: '2' })).toBe('2')
  })

  test('gives no token to a transaction that failed', () => {
    const store = create()
    onTestFinished(() => store.close())
    const mark = { name: 'sessions', version: 1, position: 1 }
    const token = { site: 'shop', token: 'a', until: start }
    const failing = (): void =>
      store.transaction(mark, writer => {
        writer.claimToken({ ...token, holder: '1' })
        throw new Error('no')
      })
    expect(failing).toThrow('no')
    store.transaction(mark, writer => expect(writer.claimToken({ ...token, holder: '2' })).toBe('2'))
  })
})
