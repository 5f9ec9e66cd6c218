import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { toDataFiles } from '../../../src/collector/dataFiles.ts'
import type { Erasure } from '../../../src/collector/identity/createErasures.ts'
import { limits } from '../../../src/model/limits.ts'
import { batchOf, idOf, opening } from '../batches.ts'
import { setUpPrograms, type Program } from '../setUpPrograms.ts'
import { filesWith } from './filesWith.ts'
import { identifyOf } from './tokens.ts'

const programs = setUpPrograms()

/** Milliseconds for what takes some tenths of a second on a machine that has nothing else to do. */
const timeout = 30_000

const key = 'sojourn_key-for-the-tests'

const start = (...args: string[]): Program => programs.start([...args, '--data', 'data', ...(args[0]?.startsWith('--') ? ['--api-key', key] : [])])

const data = (): string => join(programs.folder(), 'data')

const ask = async (url: string, method = 'GET'): Promise<{ status: number; body: unknown; location: string | null }> => {
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } })
  return { status: response.status, body: await response.json(), location: response.headers.get('location') }
}

const write = (url: string, path: string, body: object): Promise<Response> =>
  fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** A visit of a customer; resolves when it is readable. */
const visit = async (url: string, n: number, customer: string): Promise<unknown> => {
  const at = Date.now()
  const identify = identifyOf(1000 + n, { session: idOf(n), at, customer: { id: customer, type: 'crm' }, traits: { email: `${customer}@example.com` } })
  const batch = batchOf({ site: 'demo', sentAt: at, visitor: { id: idOf(500 + n) }, wait: limits.wait }, [opening(n, { at }), identify])
  const response = await fetch(`${url}/v1/events`, { method: 'POST', body: JSON.stringify(batch), headers: { 'content-type': 'text/plain', origin: url } })
  return response.json()
}

const call = (url: string, id: string, customerId: string): Promise<Response> =>
  write(url, '/v1/conversations', { id, customerId, createdDate: new Date().toISOString(), conversationSubject: `about ${customerId}` })

const offer = (url: string, n: number, prompt: string): Promise<Response> => write(url, `/v1/sessions/${idOf(n)}/actions`, { mediaType: 'webchat', prompt })

const sessionsOf = async (url: string): Promise<string[]> => {
  const { body } = await ask(`${url}/v1/sessions?type=visit`)
  return (body as { entities: { id: string }[] }).entities.map(({ id }) => id).sort()
}

const traces = ['c-secret', idOf(1), idOf(501), idOf(1001)]

describe('erasing over the API', () => {
  test('leaves no trace of a customer, while others are served, and takes nothing more of what was erased', async () => {
    const url = await start('--port', '0').url()
    await visit(url, 1, 'c-secret')
    await visit(url, 2, 'c-other')
    await call(url, 'call-1', 'c-secret')
    await call(url, 'call-2', 'c-other')
    expect([(await offer(url, 1, 'Hello c-secret')).status, (await offer(url, 2, 'Hello c-other')).status]).toEqual([201, 201])
    expect(filesWith(data(), traces).length).toBeGreaterThan(4)
    const { status, body, location } = await ask(`${url}/v1/customers/c-secret`, 'DELETE')
    expect([status, body]).toMatchObject([200, { status: 'done', erased: { sessions: 1, batches: 1 } }])
    expect(filesWith(data(), traces)).toEqual([])
    expect(await sessionsOf(url)).toEqual([idOf(2)])
    expect((await ask(`${url}/v1/sessions/${idOf(2)}/actions`)).body).toMatchObject({ entities: [{ prompt: 'Hello c-other' }] })
    expect((await ask(`${url}/v1/sessions/${idOf(1)}/actions`)).status).toBe(404)
    expect([(await ask(`${url}/v1/conversations/call-1`)).status, (await ask(`${url}/v1/conversations/call-2`)).status]).toEqual([404, 200])
    expect((await ask(`${url}${location!}`)).body).toEqual(body)
    expect(JSON.stringify(body)).not.toContain('c-secret')

    expect(await visit(url, 1, 'c-secret')).toEqual({ accepted: 2, duplicates: 0, rejected: [] })
    expect(await visit(url, 3, 'c-third')).toMatchObject({ session: { id: idOf(3) } })
    expect(await sessionsOf(url)).toEqual([idOf(2), idOf(3)])
    expect(filesWith(data(), traces)).toEqual([])
  })

  test('is remembered by the next start, and by Sessions that are made anew', async () => {
    const first = start('--port', '0')
    const url = await first.url()
    await visit(url, 1, 'c-secret')
    await visit(url, 2, 'c-other')
    await offer(url, 2, 'Hello c-other')
    const offered = await ask(`${url}/v1/sessions/${idOf(2)}/actions`)
    const { body } = await ask(`${url}/v1/customers/c-secret`, 'DELETE')
    first.signal('SIGTERM')
    await first.ended
    expect(await start('rebuild').ended).toBe(0)
    const again = await start('--port', '0').url()
    expect((await ask(`${again}/v1/erasures/${(body as Erasure).id}`)).body).toEqual(body)
    expect(await visit(again, 1, 'c-secret')).toEqual({ accepted: 2, duplicates: 0, rejected: [] })
    expect(await sessionsOf(again)).toEqual([idOf(2)])
    expect(await ask(`${again}/v1/sessions/${idOf(2)}/actions`)).toEqual(offered)
    expect(filesWith(data(), traces)).toEqual([])
  })

  test('goes on after the process was killed', async () => {
    const first = start('--port', '0')
    const url = await first.url()
    for (let n = 1; n <= 40; n++) await visit(url, n, n % 2 ? 'c-secret' : 'c-other')
    // What is erased is not out of the files while somebody reads them: without that it might be done before it is killed.
    const reader = new Database(toDataFiles(data()).logFile, { readonly: true })
    reader.exec('BEGIN; SELECT * FROM sqlite_master')
    const killed = ask(`${url}/v1/customers/c-secret`, 'DELETE').then(
      () => 'answered',
      () => 'killed',
    )
    const isWritten = (): boolean => filesWith(join(data(), 'erasures'), ['c-secret']).some(found => found.includes('.json: '))
    await expect.poll(isWritten, { interval: 1, timeout }).toBe(true)
    first.signal('SIGKILL')
    expect(await killed).toBe('killed')
    reader.close()
    const again = await start('--port', '0').url()
    await expect.poll(async () => (await sessionsOf(again)).length, { timeout }).toBe(20)
    await expect.poll(() => filesWith(data(), ['c-secret']), { timeout }).toEqual([])
  })

  test('is about a visitor, too, and about ids of any characters; who is not known is erased in no time', async () => {
    const url = await start('--port', '0').url()
    const odd = `a/b?c=%ü ${'x'.repeat(200)}`
    await visit(url, 1, odd)
    await visit(url, 2, 'c-2')
    expect((await ask(`${url}/v1/customers/${encodeURIComponent(odd)}`, 'DELETE')).body).toMatchObject({ erased: { sessions: 1 } })
    expect((await ask(`${url}/v1/visitors/${idOf(502)}`, 'DELETE')).body).toMatchObject({ erased: { sessions: 1 } })
    expect((await ask(`${url}/v1/customers/nobody`, 'DELETE')).body).toMatchObject({ status: 'done', erased: { sessions: 0, batches: 0 } })
    expect(await sessionsOf(url)).toEqual([])
    expect((await ask(`${url}/v1/erasures/${idOf(1)}`)).status).toBe(404)
    expect((await fetch(`${url}/v1/customers/c-2`, { method: 'DELETE' })).status).toBe(401)
  })
})
