import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSqliteEventLog } from '../../../src/collector/sqlite/createSqliteEventLog.ts'
import { batchOf, idOf, opening } from '../batches.ts'
import { setUpPrograms, type Program } from '../setUpPrograms.ts'
import { filesWith } from './filesWith.ts'
import { identifyOf } from './tokens.ts'

const programs = setUpPrograms()

const start = (...args: string[]): Program => programs.start([...args, '--data', 'data'])

/** A log with the visits of some customers, each so many days ago. */
const fill = async (visits: [n: number, customer: string, days: number][]): Promise<void> => {
  const log = createSqliteEventLog({ file: join(programs.folder(), 'data', 'log.sqlite') })
  for (const [n, customer, days] of visits) {
    const at = Date.now() - days * 86_400_000
    const events = [opening(n, { at }), identifyOf(1000 + n, { session: idOf(n), at, customer: { id: customer, type: 'crm' }, traits: { email: `${customer}@example.com` } })]
    await log.append({ receivedAt: at, site: 'demo', address: '192.0.2.1', userAgent: null, batch: batchOf({ site: 'demo', sentAt: at, visitor: { id: idOf(500 + n) } }, events) })
  }
  log.close()
}

const run = async (...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> => {
  const program = start(...args)
  const code = await program.ended
  return { code, stdout: program.stdout(), stderr: program.stderr() }
}

interface Exported {
  customer?: object
  sessions: { id: string; events: { id: string; traits?: object }[] }[]
}

describe('sojourn erase', () => {
  test('erases what the log has of a customer, also what was never folded', async () => {
    await fill([[1, 'c-secret', 1], [2, 'c-other', 1], [3, 'c-secret', 0]])
    const { code, stdout } = await run('erase', 'c-secret')
    expect([code, stdout]).toEqual([0, 'Erased 2 sessions, and what was theirs in 2 batches of the event log.\n'])
    expect(filesWith(programs.folder(), ['c-secret', idOf(1), idOf(503)])).toEqual([])
    const { stdout: left } = await run('export', 'c-other')
    expect((JSON.parse(left) as Exported).sessions).toHaveLength(1)
  })

  test('erases a visitor', async () => {
    await fill([[1, 'c-1', 1], [2, 'c-2', 1]])
    expect((await run('erase', idOf(502), '--visitor')).stdout).toContain('Erased 1 sessions')
    expect(filesWith(programs.folder(), ['c-2', idOf(502)])).toEqual([])
  })

  test('does nothing while a collector runs, and says so', async () => {
    await start('--port', '0').url()
    const { code, stderr } = await run('erase', 'c-1')
    expect([code, stderr]).toEqual([1, expect.stringContaining('is in use by another collector')])
  })
})

describe('sojourn export', () => {
  test('writes everything of a customer, to a file as well, also while a collector runs', async () => {
    await fill([[1, 'c-1', 1], [2, 'c-2', 1], [3, 'c-1', 0]])
    const url = await start('--port', '0').url()
    await expect.poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 30_000 }).toMatch(/^sojourn_projection_position 3$/m)
    const { code, stdout } = await run('export', 'c-1')
    expect(code).toBe(0)
    const { sessions, customer } = JSON.parse(stdout) as Exported
    expect(customer).toEqual({ id: 'c-1' })
    expect(sessions.map(({ id, events }) => [id, events.length])).toEqual([[idOf(3), 2], [idOf(1), 2]])
    expect(sessions[0]!.events[1]).toMatchObject({ type: 'identify', traits: { email: 'c-1@example.com' } })
    expect((await run('export', idOf(502), '--visitor', '--output', 'visitor.json')).code).toBe(0)
    expect(JSON.parse(readFileSync(join(programs.folder(), 'visitor.json'), 'utf8'))).toMatchObject({ visitor: { id: idOf(502) }, sessions: [{ id: idOf(2), customerId: 'c-2' }] })
  })
})

describe('retention', () => {
  test('removes what is too old at the start, and serves the rest', async () => {
    await fill([[1, 'c-old', 40], [2, 'c-old', 20], [3, 'c-new', 5]])
    const config = { sites: [{ id: 'demo', origins: ['http://localhost:*'], retentionDays: 10 }], retentionDays: 30 }
    writeFileSync(join(programs.folder(), 'sojourn.config.json'), JSON.stringify(config))
    const program = start('--port', '0', '--api-key', 'sojourn_key-for-the-tests')
    const url = await program.url()
    await expect.poll(() => program.stderr(), { timeout: 30_000 }).toContain('what was too old is removed')
    const { entities } = (await (await fetch(`${url}/v1/sessions`, { headers: { authorization: 'Bearer sojourn_key-for-the-tests' } })).json()) as { entities: { id: string }[] }
    expect(entities.map(({ id }) => id)).toEqual([idOf(3)])
    expect(program.stderr()).toContain('"sessions":2,"batches":2')
    program.signal('SIGTERM')
    expect(await program.ended).toBe(0)
    const { stdout } = await run('rebuild')
    expect(stdout).toContain('2 events')
  })
})
