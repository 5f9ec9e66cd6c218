import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createBatchParser } from '../../src/collector/ingest/parseBatch.ts'
import { foldAttributes, toAttributes, type AttributeState } from '../../src/model/attributes.ts'
import type { EventAttributes } from '../../src/model/event.ts'
import { limits } from '../../src/model/limits.ts'
import { batchOf, opening } from '../collector/batches.ts'
import { measureProcessor } from './measureProcessor.ts'

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

test('an event with as many values as it may have keeps nobody waiting, in a Session that is full', () => {
  const list = Array.from({ length: limits.listValues }, (_, n) => n)
  const lists = Object.fromEntries(Array.from({ length: limits.attributes }, (_, n) => [`a${n}`, list]))
  const full = foldAttributes([], lists, [0, 'a'])
  const repeat = (attributes: EventAttributes) => (): void => {
    for (let n = 1; n <= 10; n++) foldAttributes(full, attributes, [n, 'a'])
  }
  // Thousands of values may take as much longer than one as they are more than those that the Session has, and no more.
  const mostOften = 4 * ((limits.attributes * limits.listValues) / limits.sessionAttributes)
  expect(measureProcessor(repeat(lists))).toBeLessThan(mostOften * measureProcessor(repeat({ a0: [0] })) + 20)
})

test('a Session with one long list is shown as quickly as with many short ones', () => {
  const grow = (toName: (n: number) => string): AttributeState =>
    Array.from({ length: 10 }).reduce<AttributeState>((state, _, n) => foldAttributes(state, { [toName(n)]: Array.from({ length: 100 }, (_each, i) => n * 100 + i) }, [n, 'a']), [])
  const [long, short] = [grow(() => 'a'), grow(n => `a${n}`)]
  expect(toAttributes(long).attributeLists!.a!.values).toHaveLength(limits.sessionAttributes)
  const showOften = (state: AttributeState) => (): void => {
    for (let i = 0; i < 50; i++) toAttributes(state)
  }
  expect(measureProcessor(showOften(long))).toBeLessThan(3 * measureProcessor(showOften(short)) + 20)
})
