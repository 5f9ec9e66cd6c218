import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { batchOf, idOf, opening, visitorId } from './batches.ts'
import { setUpPrograms, type Program } from './setUpPrograms.ts'

// What a start finds in a folder that others have left: a backup that was put back, Sessions of an earlier version.

const programs = setUpPrograms()
const key = 'sojourn_key-for-the-tests'

const pathOf = (name: string): string => join(programs.folder(), 'data', name)

const start = (...args: string[]): Program => programs.start([...args, '--data', 'data'])

const serve = (): Program => start('--port', '0', '--api-key', key)

/** Appends visits to the log of a folder that nobody uses. */
const append = async (from: number, to: number): Promise<void> => {
  const log = createSqliteEventLog({ file: pathOf('log.sqlite') })
  const at = Date.now()
  for (let n = from; n <= to; n++) await log.append({ receivedAt: at, site: 'demo', address: null, userAgent: null, batch: batchOf({ site: 'demo', sentAt: at }, [opening(n, { at })]) })
  log.close()
}

const run = async (...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> => {
  const program = start(...args)
  return { code: await program.ended, stdout: program.stdout(), stderr: program.stderr() }
}

/** Sessions that a collector serves once it has folded so many batches. */
const listAt = async (url: string, position: number): Promise<string[]> => {
  await expect.poll(async () => (await fetch(`${url}/metrics`)).text()).toMatch(new RegExp(`^sojourn_projection_position ${position}$`, 'm'))
  const { entities } = (await (await fetch(`${url}/v1/sessions`, { headers: { authorization: `Bearer ${key}` } })).json()) as { entities: { id: string }[] }
  return entities.map(({ id }) => id).sort()
}

describe('an older log that was put back', () => {
  test('is not appended to before the Sessions are made of it, so that they have all of it', async () => {
    await append(1, 2)
    cpSync(pathOf('log.sqlite'), pathOf('backup.sqlite'))
    await append(3, 4)
    expect((await run('rebuild')).code).toBe(0)
    cpSync(pathOf('backup.sqlite'), pathOf('log.sqlite'))

    const refused = serve()
    const address = await Promise.race([refused.url().catch(() => 'none'), refused.ended.then(() => 'none')])
    expect(address).toBe('none')
    expect(refused.stderr()).toMatch(/made from a longer event log \(4 batches, now 2\).*`sojourn rebuild`/)

    expect((await run('rebuild')).code).toBe(0)
    await append(5, 7)
    expect(await listAt(await serve().url(), 5)).toEqual([idOf(1), idOf(2), idOf(5), idOf(6), idOf(7)])
  })
})

/** Makes the Sessions of a folder such as an earlier version has left. */
const makeOld = (): void => {
  const log = createSqliteEventLog({ file: pathOf('log.sqlite') })
  const store = createSqliteSessionStore({ file: pathOf('sessions.sqlite'), sites: [], log })
  store.transaction({ name: 'sessions', version: 1, position: log.last() }, () => undefined)
  store.close()
  log.close()
}

describe('Sessions of an earlier version', () => {
  test('are made anew, and the start says so', async () => {
    await append(1, 3)
    makeOld()
    const program = serve()
    expect(await listAt(await program.url(), 3)).toEqual([idOf(1), idOf(2), idOf(3)])
    await expect.poll(program.stderr).toContain('"batches":3,"msg":"the Sessions were made by another version, and are made anew from the event log"')
  })

  test('are not exported, for they may lack events: the command says what to do', async () => {
    await append(1, 3)
    makeOld()
    const { code, stdout, stderr } = await run('export', visitorId, '--visitor')
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^The Sessions in data were made by another version.*`sojourn rebuild`.*\n$/)])
  })
})

test('an export from Sessions that lack a part of the log says so', async () => {
  await append(1, 2)
  expect((await run('rebuild')).code).toBe(0)
  const exported = async (): Promise<{ ids: string[]; stderr: string }> => {
    const { stdout, stderr } = await run('export', visitorId, '--visitor')
    return { ids: (JSON.parse(stdout) as { sessions: { id: string }[] }).sessions.map(({ id }) => id).sort(), stderr }
  }
  const both = [idOf(1), idOf(2)]
  expect(await exported()).toEqual({ ids: both, stderr: '' })
  await append(3, 5)
  expect(await exported()).toEqual({ ids: both, stderr: 'The Sessions have what stands up to batch 2 of the event log, which ends with batch 5. The rest is not in the export.\n' })
})

test('Sessions that are damaged are neither made anew nor erased from where they are: the commands say what to do', async () => {
  await append(1, 300)
  expect((await run('rebuild')).code).toBe(0)
  const file = pathOf('sessions.sqlite')
  const bytes = readFileSync(file)
  const middle = Math.floor(bytes.length / 2 / 8192) * 8192
  writeFileSync(file, bytes.fill(0x55, middle, middle + 8192))
  for (const command of [['rebuild'], ['erase', visitorId, '--visitor']]) {
    const { code, stderr } = await run(...command)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/sessions\.sqlite is damaged[^]*Move it away.*makes it again from the event log/)])
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
  expect((await run('rebuild')).stdout).toContain('300 events')
})
