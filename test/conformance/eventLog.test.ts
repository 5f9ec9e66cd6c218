import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { EventLog, LoggedBatch, ReceivedBatch } from '../../src/collector/eventLog.ts'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { batchOf, opening, start } from '../collector/batches.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const received = (n: number, more: Partial<ReceivedBatch> = {}): ReceivedBatch => ({
  receivedAt: start + n,
  site: 'shop',
  address: '192.0.2.1',
  userAgent: null,
  batch: batchOf({}, [opening(n)]),
  ...more,
})

const versions: [name: string, open: () => EventLog][] = [
  ['in memory', createMemoryEventLog],
  ['in SQLite', () => createSqliteEventLog({ file: join(temporaryFolder(), 'log.sqlite') })],
]

describe.each(versions)('an event log %s', (_name, create) => {
  const open = (): EventLog => {
    const log = create()
    onTestFinished(() => log.close())
    return log
  }

  test('is empty at first', () => {
    const log = open()
    expect([log.last(), log.read(0, 10)]).toEqual([0, []])
  })

  test('gives back what was appended, with its position', async () => {
    const log = open()
    const whole = received(1, {
      address: null,
      geolocation: { country: 'NL', countryName: 'Netherlands' },
      ipOrganization: 'Example BV',
      userAgent: 'Browser "1"',
      batch: batchOf({ lost: { a: { cap: 2 } }, wait: 500, deferred: true }, [opening(1), opening(2, { attributes: { 'ключ': ['ø', 1, true] } })]),
    })
    const position = await log.append(whole)
    expect(log.read(0, 10)).toEqual([{ ...whole, position }])
  })

  test('gives one batch back by its position, unless it was removed', async () => {
    const log = open()
    const [first, second] = await Promise.all([log.append(received(1)), log.append(received(2))])
    expect([log.at(first), log.at(second), log.at(second + 1)]).toEqual([{ ...received(1), position: first }, { ...received(2), position: second }, undefined])
    log.edit(0, 10, batch => (batch.position === first ? undefined : { ...batch, address: null }))
    expect([log.at(first), log.at(second)?.address]).toEqual([undefined, null])
  })

  test('gives the same back when it was handed the text too', async () => {
    const log = open()
    const batch = batchOf({}, [opening(1, { attributes: { 'ключ': ['ø', '\ud800', '\u0000'] } })])
    const position = await log.append({ ...received(1, { batch }), json: Buffer.from(JSON.stringify(batch, undefined, 2)) })
    expect(log.read(0, 10)).toEqual([{ ...received(1, { batch }), position }])
  })

  test('numbers batches in the order in which they were appended', async () => {
    const log = open()
    const positions = await Promise.all([1, 2, 3, 4, 5].map(n => log.append(received(n))))
    expect(positions.toSorted((a, b) => a - b)).toEqual(positions)
    expect(new Set(positions).size).toBe(5)
    expect(log.last()).toBe(positions[4])
    expect(log.read(0, 10).map(({ receivedAt, position }) => [receivedAt, position])).toEqual(positions.map((position, i) => [start + i + 1, position]))
  })

  test('reads on after a position, as many as are wanted', async () => {
    const log = open()
    const positions = await Promise.all([1, 2, 3, 4, 5].map(n => log.append(received(n))))
    const read = (after: number, limit: number): number[] => log.read(after, limit).map(({ position }) => position)
    expect(read(positions[1]!, 2)).toEqual([positions[2], positions[3]])
    expect(read(positions[3]!, 2)).toEqual([positions[4]])
    expect(read(positions[4]!, 2)).toEqual([])
  })

  test('keeps what was appended, whatever becomes of the object', async () => {
    const log = open()
    const batch = received(1)
    await log.append(batch)
    batch.batch.events.length = 0
    log.read(0, 1)[0]!.batch.events.length = 0
    expect(log.read(0, 1)[0]!.batch.events).toHaveLength(1)
  })

  test('changes and removes batches, a few at a time, and gives no position again', async () => {
    const log = open()
    const positions = await Promise.all([1, 2, 3, 4, 5].map(n => log.append(received(n))))
    const seen: number[] = []
    const change = (batch: LoggedBatch): LoggedBatch | undefined => {
      seen.push(batch.receivedAt - start)
      if (batch.position === positions[1] || batch.position === positions[4]) return undefined
      return batch.position === positions[2] ? { ...batch, address: null, batch: batchOf({}, [opening(9)]) } : batch
    }
    expect(log.edit(0, 2, change)).toEqual({ position: positions[1], changed: 1 })
    expect(log.edit(positions[1]!, 2, change)).toEqual({ position: positions[3], changed: 1 })
    expect(log.edit(positions[3]!, 2, change)).toEqual({ position: positions[4], changed: 1 })
    expect(log.edit(positions[4]!, 2, change)).toBeUndefined()
    expect(seen).toEqual([1, 2, 3, 4, 5])
    const left = log.read(0, 10)
    expect(left.map(({ position }) => position)).toEqual([positions[0], positions[2], positions[3]])
    expect(left[1]).toEqual({ ...received(3), address: null, batch: batchOf({}, [opening(9)]), position: positions[2] })
    expect(log.last()).toBe(positions[4])
    expect(await log.append(received(6))).toBeGreaterThan(positions[4]!)
    expect(log.scrub()).toBe(true)
    expect(log.read(0, 10)).toHaveLength(4)
  })

  test('says when everything is kept that was handed to it before', async () => {
    const log = open()
    const appended = log.append(received(1))
    await log.settled()
    expect(log.read(0, 10)).toHaveLength(1)
    await appended
  })

  test('refuses what comes after it was closed', async () => {
    const log = create()
    log.close()
    await expect(log.append(received(1))).rejects.toThrow('closed')
  })
})
