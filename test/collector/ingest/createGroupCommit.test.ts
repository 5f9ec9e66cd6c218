import { expect, test } from 'vitest'
import { createGroupCommit } from '../../../src/collector/ingest/createGroupCommit.ts'

/** A log that is locked for so many tries. */
const setUp = (locked: number, patience?: number, disk: () => Promise<void> = async () => undefined) => {
  const order: string[] = []
  const groups: string[][] = []
  let kept = 0
  let tries = 0
  const gate = createGroupCommit<string>({
    commit: group => {
      if (tries++ < locked) throw new Error('locked')
      if (group.includes('bad')) throw new Error('bad')
      groups.push([...group])
      return group.map(() => ++kept)
    },
    makeDurable: async () => {
      order.push('begun')
      await disk()
      order.push('durable')
    },
    makeDurableNow: () => void order.push('durable now'),
    isPassing: cause => (cause as Error).message === 'locked',
    ...(patience !== undefined && { patience }),
  })
  return { gate, groups, order, tries: () => tries }
}

test('what comes in one turn of the event loop is kept together', async () => {
  const { gate, groups } = setUp(0)
  expect(await Promise.all([gate.add('a'), gate.add('b')])).toEqual([1, 2])
  expect(await gate.add('c')).toBe(3)
  expect(groups).toEqual([['a', 'b'], ['c']])
})

test('waits while somebody else is writing, with what comes meanwhile, in order', async () => {
  const { gate, groups } = setUp(3)
  const first = gate.add('a')
  await new Promise(resolve => setImmediate(resolve))
  expect(await Promise.all([first, gate.add('b')])).toEqual([1, 2])
  expect(groups).toEqual([['a', 'b']])
})

test('does not wait for ever', async () => {
  const { gate, groups } = setUp(Infinity, 0)
  await expect(gate.add('a')).rejects.toThrow('locked')
  expect(groups).toEqual([])
})

test('goes on by itself afterwards', async () => {
  const { gate, tries } = setUp(2, 0)
  await expect(gate.add('a')).rejects.toThrow('locked')
  while (tries() < 2) await gate.add('again').catch(() => 'refused')
  expect(await gate.add('b')).toBe(1)
})

test('what fails otherwise fails at once, all of its turn', async () => {
  const { gate } = setUp(0)
  const results = await Promise.allSettled([gate.add('a'), gate.add('bad')])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await gate.add('b')).toBe(1)
})

test('keeps what is waiting when it is closed, or refuses it', async () => {
  const open = setUp(0)
  const kept = open.gate.add('a')
  open.gate.close()
  expect(await kept).toBe(1)
  const locked = setUp(Infinity)
  const refused = locked.gate.add('a')
  locked.gate.close()
  await expect(refused).rejects.toThrow('locked')
})

/** Lets the disk take its time. */
const createSlowDisk = () => {
  const waiting: { resolve(): void; reject(cause: Error): void }[] = []
  return {
    disk: () => new Promise<void>((resolve, reject) => void waiting.push({ resolve, reject })),
    end: (cause?: Error): void => {
      const { resolve, reject } = waiting.shift()!
      if (cause) reject(cause)
      else resolve()
    },
  }
}

/** Lets what is due in this turn of the event loop happen, and a turn more. */
const turn = async (): Promise<void> => {
  for (let n = 0; n < 2; n++) await new Promise(resolve => setImmediate(resolve))
}

test('tells of nothing that is not durable; what comes while the disk works shares the next commit', async () => {
  const { disk, end } = createSlowDisk()
  const { gate, groups, order } = setUp(0, undefined, disk)
  const told: number[] = []
  const add = async (entry: string): Promise<void> => void told.push(await gate.add(entry))
  void add('a')
  await turn()
  void add('b')
  await turn()
  void add('c')
  await turn()
  expect([told, order]).toEqual([[], ['begun']])
  end()
  await turn()
  expect([told, order]).toEqual([[1], ['begun', 'durable', 'begun']])
  end()
  await turn()
  expect([told, groups]).toEqual([[1, 2, 3], [['a'], ['b', 'c']]])
})

test('refuses what could not be made durable, and goes on', async () => {
  const { disk, end } = createSlowDisk()
  const { gate } = setUp(0, undefined, disk)
  const first = gate.add('a')
  await turn()
  end(new Error('broken'))
  await expect(first).rejects.toThrow('broken')
  const second = gate.add('b')
  await turn()
  end()
  expect(await second).toBe(2)
})

test('is closed when all is durable, without waiting for what is under way', async () => {
  const { disk, end } = createSlowDisk()
  const { gate, order } = setUp(0, undefined, disk)
  const appended = [gate.add('a')]
  await turn()
  appended.push(gate.add('b'))
  gate.close()
  expect(await Promise.all(appended)).toEqual([1, 2])
  end()
  await turn()
  expect(order).toEqual(['begun', 'durable now', 'durable'])
})
