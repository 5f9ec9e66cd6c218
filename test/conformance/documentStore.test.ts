import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { DocumentList, DocumentSearch, DocumentStore, Facets, ForeignDocument } from '../../src/collector/conversations/documentStore.ts'
import { createMemoryDocumentStore } from '../../src/collector/memory/createMemoryDocumentStore.ts'
import { createSqliteDocumentStore } from '../../src/collector/sqlite/createSqliteDocumentStore.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const stores: Record<string, () => DocumentStore> = {
  memory: createMemoryDocumentStore,
  SQLite: () => createSqliteDocumentStore(join(temporaryFolder(), 'conversations.sqlite')),
}

const open = (create: () => DocumentStore): DocumentStore => {
  const store = create()
  onTestFinished(() => store.close())
  return store
}

const documentOf = (id: string, more: Partial<ForeignDocument> = {}): ForeignDocument => ({ kind: 'call', id, at: 0, body: { id }, links: [], ...more })

const idsOf = (documents: ForeignDocument[]): string[] => documents.map(({ id }) => id)

describe.each(Object.entries(stores))('%s', (_, create) => {
  test('gives a document back as it went in, whatever is in it', () => {
    const store = open(create)
    const body = JSON.parse('{"__proto__":{"a":1},"nul":"\\u0000","lone":"\\ud800","deep":[[[{"":null}]]],"number":1e-7,"state":"not known yet","ключ":"ø"}') as Record<string, unknown>
    const whole = documentOf('é\u0000/1', { at: 1_795_000_000_000, body, links: [{ by: 'phone', value: '+31201234567' }] })
    store.put(whole, { name: 'x', cost: 0.25 })
    expect(store.get('call', whole.id)).toEqual(whole)
    expect(JSON.stringify(store.get('call', whole.id)!.body)).toBe(JSON.stringify(body))
    expect(store.get('chat', whole.id)).toBeUndefined()
  })

  test('replaces a document, with everything it was found by', () => {
    const store = open(create)
    store.put(documentOf('a', { links: [{ by: 'customer', value: 'c' }] }), { name: 'x', old: 1 })
    store.put(documentOf('b'), { name: 'x' })
    store.put(documentOf('a', { body: { new: true } }), { name: 'x' })
    expect(store.get('call', 'a')).toEqual(documentOf('a', { body: { new: true } }))
    expect(idsOf(store.find({ kind: 'call', orderBy: 'name', limit: 9 }).documents)).toEqual(['a', 'b'])
    expect(store.find({ kind: 'call', where: [{ facet: 'old', anyOf: [1] }], orderBy: 'name', limit: 9 })).toEqual({ documents: [], total: 0 })
    expect(store.list({ links: [{ by: 'customer', value: 'c' }], limit: 9 })).toEqual([])
  })

  test('lists documents of several kinds as they began, part by part', () => {
    const store = open(create)
    for (const [id, kind, at] of [['b', 'call', 2], ['a', 'call', 2], ['z', 'chat', 1], ['a', 'chat', 2], ['old', 'call', -5], ['x', 'label', 3]] as const) store.put(documentOf(id, { kind, at }), { n: at })
    const list = (search: Partial<DocumentList>): string => store.list({ limit: 9, ...search }).map(({ kind, id }) => `${kind} ${id}`).join(', ')
    expect(list({})).toBe('label x, chat a, call b, call a, chat z, call old')
    expect(list({ oldestFirst: true })).toBe('call old, chat z, call a, call b, chat a, label x')
    expect(list({ kinds: ['call', 'chat'], from: 1, to: 3 })).toBe('chat a, call b, call a, chat z')
    expect(list({ kinds: ['call'], to: 2 })).toBe('call old')
    for (const oldestFirst of [false, true]) {
      const whole = store.list({ oldestFirst, limit: 9 })
      for (const [n, after] of whole.entries()) expect(store.list({ oldestFirst, after, limit: 2 })).toEqual(whole.slice(n + 1, n + 3))
    }
    store.put(documentOf('old', { at: 9 }), {})
    expect(list({ limit: 1 })).toBe('call old')
  })

  test('removes a document, and says whether there was one', () => {
    const store = open(create)
    store.put(documentOf('a', { links: [{ by: 'customer', value: 'c' }] }), { name: 'x' })
    expect([store.remove('chat', 'a'), store.remove('call', 'a'), store.remove('call', 'a')]).toEqual([false, true, false])
    expect([store.get('call', 'a'), store.list({ links: [{ by: 'customer', value: 'c' }], limit: 9 })]).toEqual([undefined, []])
  })

  test('finds documents of one kind by all conditions, a page of them, and counts all', () => {
    const store = open(create)
    for (let n = 0; n < 6; n++) store.put(documentOf(`d${n}`), { n, parity: n % 2 ? 'odd' : 'even', both: [n, -n] })
    store.put(documentOf('other', { kind: 'chat' }), { n: 3, parity: 'odd' })
    const search = (more: Partial<DocumentSearch>) => {
      const { documents, total } = store.find({ kind: 'call', orderBy: 'n', limit: 9, ...more })
      return [idsOf(documents).join(' '), total]
    }
    expect(search({ where: [{ facet: 'parity', anyOf: ['odd'] }] })).toEqual(['d1 d3 d5', 3])
    expect(search({ where: [{ facet: 'parity', anyOf: ['odd', 'even'] }], descending: true, offset: 1, limit: 2 })).toEqual(['d4 d3', 6])
    expect(search({ where: [{ facet: 'n', after: 1, to: 4 }, { facet: 'parity', anyOf: ['even'] }] })).toEqual(['d2 d4', 2])
    expect(search({ where: [{ facet: 'n', from: 1, before: 4 }] })).toEqual(['d1 d2 d3', 3])
    expect(search({ where: [{ facet: 'n', anyOf: ['1'] }] })).toEqual(['', 0])
    expect(search({ where: [{ facet: 'both', anyOf: [-4] }] })).toEqual(['d4', 1])
    expect(search({ where: [{ facet: 'both', from: -1, before: 1 }] })).toEqual(['d0 d1', 2])
    expect(search({ orderBy: 'nothing', limit: 2 })).toEqual(['d0 d1', 6])
  })

  test('finds documents of all kinds by their links, newest first, and removes them', () => {
    const store = open(create)
    store.put(documentOf('a', { at: 1, links: [{ by: 'customer', value: '7' }] }), {})
    store.put(documentOf('a', { kind: 'chat', at: 2, links: [{ by: 'phone', value: '7' }, { by: 'session', value: 's' }] }), {})
    store.put(documentOf('c', { at: 3, links: [{ by: 'shortId', value: '7' }] }), { n: 1 })
    const both = [{ by: 'customer', value: '7' }, { by: 'session', value: 's' }] as const
    const list = (search: Partial<DocumentList>): string => store.list({ links: both, limit: 9, ...search }).map(({ kind, id }) => `${kind} ${id}`).join(', ')
    expect(list({})).toBe('chat a, call a')
    expect(list({ limit: 1 })).toBe('chat a')
    expect(list({ after: { at: 2, kind: 'chat', id: 'a' } })).toBe('call a')
    expect([list({ oldestFirst: true }), list({ kinds: ['call'] }), list({ from: 2 }), list({ links: [] })]).toEqual(['call a, chat a', 'call a', 'chat a', ''])
    expect([store.removeLinked([]), store.removeLinked(both), store.removeLinked(both)]).toEqual([0, 2, 0])
    expect(idsOf(store.find({ kind: 'call', orderBy: 'at', limit: 9 }).documents)).toEqual(['c'])
  })
})

test('SQLite keeps documents over a restart', () => {
  const file = join(temporaryFolder(), 'conversations.sqlite')
  const before = createSqliteDocumentStore(file)
  before.put(documentOf('a'), { n: 1 })
  before.close()
  const after = createSqliteDocumentStore(file)
  onTestFinished(() => after.close())
  expect(after.get('call', 'a')).toEqual(documentOf('a'))
})

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

test(`both find the same in the same order (SEED=${seed})`, () => {
  const value = fc.oneof(fc.constantFrom(0, 1, 1.5, -2, 'a', 'B', 'é', '\u{1f600}', '\uffee', ''), fc.integer({ min: -3, max: 3 }))
  const facets = fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), value)
  const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), facets, isRemoval: fc.boolean() })
  const bound = fc.option(value, { nil: undefined })
  const condition = fc
    .record({ facet: fc.constantFrom('x', 'y'), anyOf: fc.option(fc.array(value, { minLength: 1, maxLength: 3 }), { nil: undefined }), from: bound, after: bound, to: bound, before: bound })
    .map(given => Object.fromEntries(Object.entries(given).filter(([, each]) => each !== undefined)) as unknown)
  const search = fc.record({ where: fc.array(condition, { maxLength: 2 }), orderBy: fc.constantFrom('x', 'y'), descending: fc.boolean(), offset: fc.nat(2), limit: fc.integer({ min: 1, max: 5 }) })
  const run = (steps: { id: string; facets: Facets; isRemoval: boolean }[], given: object) =>
    Object.values(stores).map(create => {
      const store = create()
      steps.forEach(each => (each.isRemoval ? store.remove('call', each.id) : store.put(documentOf(each.id), each.facets)))
      const found = store.find({ kind: 'call', ...given } as DocumentSearch)
      store.close()
      return found
    })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), search, (steps, given) => {
      const [memory, sqlite] = run(steps, given)
      expect(sqlite).toEqual(memory)
    }),
    { seed, numRuns: 60 },
  )
})
