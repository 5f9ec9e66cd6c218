import { describe, expect, test } from 'vitest'
import { ProblemError, problems, toProblem, toProblemBody } from '../../src/collector/problem.ts'

describe('a problem', () => {
  test.each(Object.entries(problems))('%s has a status and a title', (code, { status, title }) => {
    expect(code).toMatch(/^[a-z-]+$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title).toMatch(/^[A-Z]/)
  })

  test('becomes a body with its detail and members', () =>
    expect(toProblemBody(new ProblemError('invalid-batch', { detail: 'site: is missing', members: { rejected: [] }, retryAfter: 5 }))).toEqual({
      type: 'urn:sojourn:problem:invalid-batch',
      title: 'The body is not a batch',
      status: 400,
      code: 'invalid-batch',
      detail: 'site: is missing',
      rejected: [],
    }))

  test.each<[unknown, string]>([
    [new ProblemError('busy'), 'busy'],
    [new Error('a secret'), 'internal'],
    ['a text', 'internal'],
    [Object.assign(new Error('ENOSPC: a secret'), { code: 'ENOSPC' }), 'storage-unavailable'],
    [Object.assign(new Error('a secret'), { code: 'SQLITE_FULL' }), 'storage-unavailable'],
    [new Error('a secret', { cause: Object.assign(new Error('locked'), { code: 'SQLITE_BUSY_SNAPSHOT' }) }), 'storage-unavailable'],
    [new Error('a secret', { cause: Object.assign(new Error('moved'), { code: 'SQLITE_READONLY_DBMOVED' }) }), 'storage-unavailable'],
    [Object.assign(new Error('a secret'), { code: 'SQLITE_CORRUPT' }), 'internal'],
    [Object.assign(new Error('a secret'), { statusCode: 415 }), 'unsupported-media-type'],
    [Object.assign(new Error('a secret'), { statusCode: 418 }), 'invalid-request'],
    [Object.assign(new Error('a secret'), { statusCode: 502 }), 'internal'],
  ])('is made of %s and tells no secret', (error, code) => {
    const problem = toProblem(error)
    expect(problem.code).toBe(code)
    expect(JSON.stringify(toProblemBody(problem))).not.toContain('secret')
  })
})
