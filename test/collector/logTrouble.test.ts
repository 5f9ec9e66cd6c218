import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening } from './batches.ts'
import { createTestEndpoint } from './createTestEndpoint.ts'
import { startProgram } from './startProgram.ts'

// Real trouble: another process that holds the lock of the log, and a system that does not let the log grow.

const body = (n: number): string => JSON.stringify(batchOf({ site: 'demo' }, [opening(n), { ...opening(n), id: idOf(n + 1), session: idOf(n), seq: 1 }]))

/** Another process that has begun to write. Ends its transaction when it is told. */
const lock = async (file: string) => {
  const program = `
    const Database = require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))})
    const db = new Database(${JSON.stringify(file)})
    db.exec('BEGIN IMMEDIATE')
    process.stdout.write('locked')
    process.stdin.on('data', () => { db.exec('ROLLBACK'); db.close(); process.exit() })`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill())
  await once(child.stdout, 'data')
  return {
    release: async () => {
      const ended = once(child, 'exit')
      child.stdin.write('x')
      await ended
    },
  }
}

const setUp = (patience: number) => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const log = createSqliteEventLog({ file, lockTimeout: 0, patience })
  const endpoint = createTestEndpoint({
    log,
    settings: { sites: [{ id: 'demo', origins: ['*://*'] }], addressPolicy: 'full', trustedProxies: [], rateLimits: { address: false, site: false, api: false } },
  })
  onTestFinished(async () => {
    await endpoint.app.close()
    log.close()
  })
  const post = (n: number) => endpoint.app.inject({ method: 'POST', url: '/v1/events', payload: body(n), headers: { 'content-type': 'text/plain' } })
  return { file, log, post, get: endpoint.get }
}

test('a log that is locked for long: pages are told to come later, nothing of theirs is kept, and then it goes on', async () => {
  const { file, log, post } = setUp(50)
  expect((await post(1)).statusCode).toBe(200)
  const { release } = await lock(file)
  const refused = await post(3)
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['retry-after']).toBe('5')
  expect(refused.json()).toMatchObject({ code: 'log-unavailable' })
  await release()
  expect((await post(5)).statusCode).toBe(200)
  expect(log.read(0, 9).map(({ batch }) => batch.events.map(({ id }) => id))).toEqual([[idOf(1), idOf(2)], [idOf(5), idOf(6)]])
})

test('a log that is locked for a moment: the page waits, and the collector does not', async () => {
  const { file, post, get } = setUp(15_000)
  const { release } = await lock(file)
  const waiting = post(1)
  expect((await get('/healthz')).statusCode).toBe(200)
  await release()
  expect((await waiting).statusCode).toBe(200)
})

/** util-linux; the limit is the way to a full disk that needs no rights. */
const hasPrlimit = (): boolean => {
  try {
    return execFileSync('prlimit', ['--version']).length > 0
  } catch {
    return false
  }
}

test('a log that cannot grow: refused until it can, and every batch is there whole or not at all', async ({ skip }) => {
  if (!hasPrlimit()) skip('prlimit is missing (util-linux): what lifts the limit of another process')
  const data = temporaryFolder()
  const program = startProgram(['--port', '0', '--data', data, '--log-level', 'silent'], data)
  onTestFinished(() => program.signal('SIGKILL'))
  const url = await program.url()
  const limit = (bytes: string): void => void execFileSync('prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:unlimited`])
  const post = (n: number) => fetch(`${url}/v1/events`, { method: 'POST', body: body(n), headers: { 'content-type': 'text/plain' } })
  const accepted: number[] = []
  const refused: number[] = []
  const send = async (n: number): Promise<Response> => {
    const response = await post(n)
    if (response.status === 200) accepted.push(n)
    else refused.push(n)
    return response
  }

  await send(1)
  limit('100000')
  for (let n = 3; refused.length < 3 && n < 400; n += 2) {
    const response = await send(n)
    if (response.status === 200) continue
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.json()).toMatchObject({ code: 'log-unavailable' })
  }
  expect(refused).toHaveLength(3)
  limit('unlimited')
  for (const n of [...refused]) expect((await post(n)).status).toBe(200)

  const headers = { authorization: `Bearer ${program.apiKey()}` }
  const all = [...accepted, ...refused]
  await expect.poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 15_000 }).toContain(`sojourn_session_events_received{site="demo"} ${2 * all.length}\n`)
  for (const n of all) {
    const session = (await (await fetch(`${url}/v1/sessions/${idOf(n)}`, { headers })).json()) as { delivery: unknown }
    expect(session.delivery).toEqual({ received: 2, missing: 0, duplicates: 0 })
  }
})

/** A batch of some 400 KB. */
const large = (n: number): string =>
  JSON.stringify(batchOf({ site: 'demo' }, Array.from({ length: 100 }, (_, i) => ({ ...opening(n), id: idOf(n + i), page: { url: `https://shop.example.com/${'x'.repeat(4000)}` } }))))

test('a log whose file cannot grow any more goes on in its write-ahead log, as long as that can', async ({ skip }) => {
  if (!hasPrlimit()) skip('prlimit is missing (util-linux): what lifts the limit of another process')
  const data = temporaryFolder()
  const program = startProgram(['--port', '0', '--data', data, '--log-level', 'silent'], data)
  onTestFinished(() => program.signal('SIGKILL'))
  const url = await program.url()
  let sent = 0
  const send = async (count: number): Promise<number[]> => {
    const statuses: number[] = []
    for (const end = sent + count; sent < end; sent++) statuses.push((await fetch(`${url}/v1/events`, { method: 'POST', body: large(1000 + 100 * sent), headers: { 'content-type': 'text/plain' } })).status)
    return statuses
  }
  const sizeOf = (name: string): number => statSync(join(data, name)).size
  // How far the write-ahead log grows until it begins anew depends on how quickly it is copied; the file grows on and on.
  const room = 12_000_000
  while (sizeOf('log.sqlite') < sizeOf('log.sqlite-wal') + 1.2 * room && sent < 400) expect(await send(8)).toEqual(Array.from({ length: 8 }, () => 200))
  // Beyond the end of what is in the write-ahead log, and before the end of the file.
  const limit = sizeOf('log.sqlite-wal') + room
  expect(limit).toBeLessThan(sizeOf('log.sqlite'))
  execFileSync('prlimit', ['--pid', String(program.pid), `--fsize=${limit}:unlimited`])
  expect(await send(24)).toEqual(Array.from({ length: 24 }, () => 200))
  execFileSync('prlimit', ['--pid', String(program.pid), '--fsize=unlimited:unlimited'])
  expect(await send(1)).toEqual([200])
})

test('what is written beside the log is refused while the disk takes nothing, and kept afterwards', async ({ skip }) => {
  if (!hasPrlimit()) skip('prlimit is missing (util-linux): what lifts the limit of another process')
  const data = temporaryFolder()
  const program = startProgram(['--port', '0', '--data', data, '--log-level', 'error'], data)
  onTestFinished(() => program.signal('SIGKILL'))
  const url = await program.url()
  const limit = (bytes: string): void => void execFileSync('prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:unlimited`])
  const ask = (method: string, path: string, json?: object): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${program.apiKey()!}`, ...(json && { 'content-type': 'application/json' }) },
      ...(json && { body: JSON.stringify(json) }),
    })
  const writeAll = () =>
    Promise.all([
      ask('POST', '/v1/conversations', { id: 'call-1', customerId: 'c-1', createdDate: '2026-08-01T12:00:00Z' }),
      ask('PUT', '/v1/segments', { entities: [] }),
      ask('DELETE', '/v1/customers/c-1'),
    ])

  limit('0')
  for (const response of await writeAll()) {
    expect(await response.json()).toMatchObject({ status: 503, code: 'storage-unavailable' })
    expect(response.headers.get('retry-after')).toBe('10')
  }
  expect(program.stderr()).toContain('EFBIG')
  limit('unlimited')
  expect((await writeAll()).map(({ ok }) => ok)).toEqual([true, true, true])

  const file = join(data, 'conversations.sqlite')
  const write = async (): Promise<number> => (await ask('POST', '/v1/conversations', { id: 'call-2', customerId: 'c-2', createdDate: '2026-08-01T12:00:00Z' })).status
  renameSync(file, `${file}.away`)
  expect(await write()).toBe(503)
  renameSync(`${file}.away`, file)
  expect(await write()).toBe(201)
})

test('a data folder has one collector at a time, and is free when it was killed', async () => {
  const data = temporaryFolder()
  const args = ['--port', '0', '--data', data, '--log-level', 'silent']
  const first = startProgram(args, data)
  onTestFinished(() => first.signal('SIGKILL'))
  await first.url()
  for (const more of [[], ['rebuild']]) {
    const second = startProgram([...more, ...args.slice(more.length ? 2 : 0)], data)
    expect(await second.ended).toBe(1)
    expect(second.stderr()).toBe(`${data} is in use by another collector. End that one first, or give this one a folder of its own (--data).\n`)
  }
  first.signal('SIGKILL')
  await first.ended
  const third = startProgram([...args, '--api-key', 'secret-secret-secret'], data)
  onTestFinished(() => third.signal('SIGKILL'))
  await expect.poll(() => third.stdout(), { timeout: 15_000 }).toContain('Live page')
})
