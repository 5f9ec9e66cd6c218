import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createBatchParser } from '../../src/collector/parseBatch.ts'
import { foldAttributes } from '../../src/model/attributes.ts'
import { limits } from '../../src/model/limits.ts'
import { batchOf, opening } from '../collector/batches.ts'

const page = readFileSync(new URL('../../docs/attributes.md', import.meta.url), 'utf8')
const quoted = [...page.matchAll(/<!-- limit:(\w+) -->(\d+)<!-- \/limit -->/g)]

const many = (length: number): Record<string, number> => Object.fromEntries(Array.from({ length }, (_, n) => [`a${n}`, n]))

/** For each limit: attributes of one event that are as many, or as long, as a number says. */
const fill: Record<string, (size: number) => Record<string, unknown>> = {
  attributes: many,
  attributeName: size => ({ ['n'.repeat(size)]: 1 }),
  attributeValue: size => ({ a: 'x'.repeat(size) }),
  listValues: size => ({ a: Array.from({ length: size }, (_, n) => n) }),
}

const rejectedOf = (attributes: object): unknown[] =>
  createBatchParser()(batchOf({}, [opening(1), opening(1, { id: opening(2).id, seq: 1, attributes: attributes as never })])).rejected

test('the document states each limit as it is', () => {
  expect(quoted.map(([, name]) => name)).toEqual([...Object.keys(fill), 'sessionAttributes'])
  for (const [, name, value] of quoted) expect([name, Number(value)]).toEqual([name, limits[name as keyof typeof limits]])
})

test.each(Object.keys(fill))('the collector takes what reaches the limit of %s, and rejects an event beyond it', name => {
  const limit = limits[name as keyof typeof limits]
  expect(rejectedOf(fill[name]!(limit))).toEqual([])
  expect(rejectedOf(fill[name]!(limit + 1))).toEqual([{ id: opening(2).id, reason: expect.stringContaining('attributes') as string }])
})

test('a Session keeps as many values as its limit says, scalars first', () => {
  const lists = foldAttributes([], { list: Array.from({ length: 10 }, (_, n) => n) }, [1, 'a'])
  const kept = foldAttributes(lists, many(limits.sessionAttributes - 5), [2, 'b'])
  expect(kept).toHaveLength(limits.sessionAttributes)
  expect(kept.filter(({ isList }) => isList)).toHaveLength(5)
})
