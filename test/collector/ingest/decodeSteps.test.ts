import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { checkText, createParseStep, parseText, unzip } from '../../../src/collector/ingest/decodeSteps.ts'
import type { IngestStep, IngestWork } from '../../../src/collector/ingest/ingestWork.ts'
import { ProblemError } from '../../../src/collector/problem.ts'
import { limits } from '../../../src/model/index.ts'
import { batchOf, opening } from '../batches.ts'

const workOf = (content: string | Buffer): IngestWork => ({ bytes: Buffer.from(content), receivedAt: 0 })

const run = (step: IngestStep, content: string | Buffer): IngestWork => {
  const work = workOf(content)
  void step(work)
  return work
}

const nested = (depth: number, opening = '[', closing = ']'): string => opening.repeat(depth) + closing.repeat(depth)

describe('unzip', () => {
  test('leaves alone what is no gzip', () => expect(run(unzip, '{"v":1}').bytes.toString()).toBe('{"v":1}'))
  test('decompresses gzip, whatever the headers say', () => expect(run(unzip, gzipSync('{"v":1}')).bytes.toString()).toBe('{"v":1}'))
  test('takes as many bytes as a batch may have', () =>
    expect(run(unzip, gzipSync(Buffer.alloc(limits.batchBytes))).bytes).toHaveLength(limits.batchBytes))
  test.each([
    ['one byte more', gzipSync(Buffer.alloc(limits.batchBytes + 1)), 'batch-too-large'],
    ['a bomb', gzipSync(Buffer.alloc(64 * limits.batchBytes)), 'batch-too-large'],
    ['a cut one', gzipSync('{"v":1}').subarray(0, 12), 'malformed-gzip'],
    ['the first bytes alone', Buffer.from([0x1f, 0x8b]), 'malformed-gzip'],
    ['noise after the first bytes', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 255, 255, 1]), 'malformed-gzip'],
  ])('refuses %s', (_title, content, code) => expect(() => run(unzip, content)).toThrow(expect.objectContaining({ code })))
})

/** A body of some ten batches. */
const padding = ' '.repeat(40_000)

describe('a body that is nested', () => {
  const steps = [checkText, parseText, createParseStep()]
  const codeOf = (content: string | Buffer): unknown => {
    const work = workOf(content)
    try {
      for (const step of steps) void step(work)
      return undefined
    } catch (error) {
      return error instanceof ProblemError ? error.code : error
    }
  }

  test.each([
    ['what is as deep as a batch may be', nested(limits.depth), 'invalid-batch'],
    ['brackets side by side', `[${'[],'.repeat(100)}[]]`, 'invalid-batch'],
    ['brackets in texts', `["${nested(50)}","\\"${nested(50, '{', '}')}\\\\",[]]`, 'invalid-batch'],
    ['signs beyond ASCII', '{"a":"äöü😀"}', 'invalid-batch'],
    ['an empty body', '', 'malformed-json'],
  ])('is not too deep with %s', (_title, content, code) => expect([codeOf(content), codeOf(content + padding)]).toEqual([code, code]))

  test.each([
    ['a level more', nested(limits.depth + 1)],
    ['objects in lists in objects', nested(5, '[{"a":', '}]')],
    ['opening brackets alone', '['.repeat(20_000)],
    ['a million of them', '['.repeat(1_000_000)],
    ['brackets after a text that ends in a backslash', `["\\\\",${nested(limits.depth)}]`],
    ['brackets where a batch has a field that is not known', JSON.stringify({ ...batchOf(), more: JSON.parse(nested(limits.depth)) as unknown })],
    ['brackets where an event has such a field', JSON.stringify({ ...batchOf(), events: [opening(1), { ...opening(2), more: JSON.parse(nested(limits.depth)) as unknown }] })],
  ])('is too deep with %s', (_title, content) => expect([codeOf(content), codeOf(content + padding)]).toEqual(['too-deep', 'too-deep']))

  test('is not parsed when it is long', () => {
    expect(() => run(checkText, nested(limits.depth + 1) + padding)).toThrow(expect.objectContaining({ code: 'too-deep' }))
  })
})

describe('checkText', () => {
  test.each([
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['half a sign', Buffer.from('"ä').subarray(0, 2)],
  ])('refuses %s', (_title, content) => expect(() => run(checkText, content)).toThrow(expect.objectContaining({ code: 'malformed-text' })))
})

describe('parseText', () => {
  test('parses JSON', () => expect(run(parseText, ' {"a":[1]} ').body).toEqual({ a: [1] }))
  test.each(['', ' ', '{', '{"a":1,}', "{'a':1}", 'NaN', '{"a":1}{"b":2}', '\0', '<xml/>'])('refuses %j', content =>
    expect(() => run(parseText, content)).toThrow(expect.objectContaining({ code: 'malformed-json' })))
})
