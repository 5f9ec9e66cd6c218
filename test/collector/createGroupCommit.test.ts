import { expect, test } from 'vitest'
import { createGroupCommit } from '../../src/collector/createGroupCommit.ts'

/** A log that is locked for so many tries. */
const setUp = (locked: number, patience?: number) => {
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
    isPassing: cause => (cause as Error).message === 'locked',
    ...(patience !== undefined && { patience }),
  })
  return { gate, groups, tries: () => tries }
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
