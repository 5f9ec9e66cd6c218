import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { limits } from '../../src/model/limits.ts'
import { batchOf, idOf, opening } from './batches.ts'
import { setUpPrograms, type Program } from './setUpPrograms.ts'

const programs = setUpPrograms()

const start = (...args: string[]): Program => programs.start(args)

const bodyOf = (n: number): string => JSON.stringify(batchOf({ site: 'demo', sentAt: Date.now(), wait: limits.wait }, [opening(n, { at: Date.now() })]))

const post = async (url: string, n: number): Promise<{ accepted: number; session?: { id: string; shortId: string } }> => {
  const response = await fetch(`${url}/v1/events`, { method: 'POST', body: bodyOf(n), headers: { 'content-type': 'text/plain', origin: url } })
  return response.json() as Promise<{ accepted: number; session?: { id: string; shortId: string } }>
}

const list = async (url: string, key: string): Promise<{ status: number; ids: string[] }> => {
  const response = await fetch(`${url}/v1/sessions`, { headers: { authorization: `Bearer ${key}` } })
  const { entities = [] } = (await response.json()) as { entities?: { id: string }[] }
  return { status: response.status, ids: entities.map(({ id }) => id) }
}

describe('sojourn', () => {
  test('serves, prints where and the key, and knows everything after the next start', async () => {
    const first = start('--port', '0')
    const url = await first.url()
    const key = first.apiKey()!
    expect(first.stdout()).toContain(`${url}/demo/`)
    expect(first.stdout()).toContain(`<script async src="${url}/sojourn.js" data-site="demo"></script>`)
    const { accepted, session } = await post(url, 1)
    expect([accepted, session?.id, session?.shortId]).toEqual([1, idOf(1), expect.stringMatching(/^\d{4}$/)])
    expect(await list(url, key)).toEqual({ status: 200, ids: [idOf(1)] })
    first.signal('SIGTERM')
    expect(await first.ended).toBe(0)

    const second = start('--port', '0')
    const again = await second.url()
    expect(second.apiKey()).toBeUndefined()
    expect(second.stdout()).not.toContain(key)
    expect(await list(again, key)).toEqual({ status: 200, ids: [idOf(1)] })
    expect((await list(again, 'sojourn_wrong')).status).toBe(401)
  })

  test('makes the Sessions again from the log', async () => {
    const first = start('--port', '0', '--data', 'here')
    const url = await first.url()
    await post(url, 1)
    await post(url, 2)
    first.signal('SIGINT')
    expect(await first.ended).toBe(0)
    const rebuild = start('rebuild', '--data', 'here')
    expect(await rebuild.ended).toBe(0)
    expect(rebuild.stdout()).toContain('2 events')
    const second = start('--port', '0', '--data', 'here')
    expect((await list(await second.url(), first.apiKey()!)).ids.sort()).toEqual([idOf(1), idOf(2)])
  })

  test('answers who is being served before it ends', async () => {
    const program = start('--port', '0')
    const url = await program.url()
    const body = bodyOf(1)
    const sent = request(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': 'text/plain', origin: url, 'content-length': body.length } })
    sent.write(body.slice(0, 10))
    await expect.poll(async () => (await fetch(`${url}/metrics`)).text()).toMatch(/^sojourn_bytes_in_flight 10$/m)
    program.signal('SIGTERM')
    await expect.poll(() => fetch(`${url}/healthz`).then(({ status }) => status, () => 'refused')).not.toBe(200)
    sent.end(body.slice(10))
    const [response] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }]
    response.resume()
    expect(response.statusCode).toBe(200)
    expect(await program.ended).toBe(0)
  })

  test('ends at once at the second signal', async () => {
    const program = start('--port', '0')
    const url = await program.url()
    const sent = request(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': 'text/plain', origin: url, 'content-length': 100 } })
    const broken = once(sent, 'error')
    sent.write('{')
    await expect.poll(async () => (await fetch(`${url}/metrics`)).text()).toMatch(/^sojourn_bytes_in_flight 1$/m)
    program.signal('SIGTERM')
    await expect.poll(() => fetch(`${url}/healthz`).then(({ status }) => status, () => 'refused')).not.toBe(200)
    program.signal('SIGTERM')
    expect(await program.ended).toBe(1)
    await broken
  })
})

describe('a start that fails', () => {
  test('because the port is taken says so, and makes no key that nobody knows', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const program = start('--port', String(port))
    expect(await program.ended).toBe(1)
    expect(program.stderr()).toContain(`Port ${port} is in use. End what uses it, or take another: --port 0`)
    expect(program.stderr()).not.toContain('    at ')
    other.close()
    const next = start('--port', '0')
    await next.url()
    expect(next.apiKey()).toMatch(/^sojourn_/)
  })

  test.each([
    [['--prot', '1'], '--prot is unknown; did you mean --port?'],
    [['--port', 'http'], 'port: expected a whole number from 0 to 65535, got "http"'],
    [['--config', 'none.json'], 'none.json: cannot be read'],
    [['--host', '192.0.2.1', '--port', '0'], 'This machine has no address 192.0.2.1'],
    [['--host', 'nowhere.invalid', '--port', '0'], 'There is no address of the name nowhere.invalid. --host'],
    [['--data', process.execPath, '--port', '0'], `The folder ${process.execPath} cannot be made (EEXIST). --data`],
    [['rebuild', '--data', 'nowhere'], 'There is no event log in nowhere'],
  ])('because of %j says why in one line', async (args, message) => {
    const program = start(...args)
    expect(await program.ended).toBe(1)
    expect(program.stderr().trim().split('\n').filter(line => !line.startsWith('{'))).toEqual([expect.stringContaining(message)])
    expect(program.stdout()).toBe('')
  })
})

test('tells its version and how it is used', async () => {
  const version = start('--version')
  await version.ended
  expect(version.stdout()).toMatch(/^\d+\.\d+\.\d+\n$/)
  const help = start('--help')
  expect(await help.ended).toBe(0)
  expect(help.stdout()).toContain('SOJOURN_PORT=8080')
})
