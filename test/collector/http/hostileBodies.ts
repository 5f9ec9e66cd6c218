import { gzipSync } from 'node:zlib'
import { limits } from '../../../src/model/index.ts'
import { batchOf, idOf, opening } from '../batches.ts'

/** A body that no collector takes, with the headers it comes with. */
export interface HostileBody {
  kind: string
  payload: Buffer | string
  headers?: Record<string, string>
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
const createRandom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Path = readonly (string | number)[]

/** Replaces what stands at a path; with `undefined` it is left out. */
const replaceAt = (value: unknown, [key, ...rest]: Path, wrong: unknown): unknown => {
  if (key === undefined) return wrong
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string | number, unknown>
  copy[key] = replaceAt(copy[key], rest, wrong)
  return copy
}

/** Places in a batch, and what does not belong there. */
const wrongs: readonly [path: Path, wrong: readonly unknown[]][] = [
  [['v'], [0, 2, '1', null, [1], undefined]],
  [['site'], [null, 7, '', [], {}, 'x'.repeat(300), undefined]],
  [['sentAt'], [-1, 1.5, 1e300, '2026-08-01', null, undefined]],
  [['visitor'], [null, 'x', [], {}, { id: 1 }, { id: "' OR 1=1 --" }, undefined]],
  [['library'], [null, {}, { name: 'x' }, { name: {}, version: [] }, undefined]],
  [['context'], [null, 'x', [], { userAgent: 7 }, { screen: { width: '1' } }, { userAgentData: { brands: [[]] } }, undefined]],
  [['events'], [null, {}, 'x', [], [[]], [null], [{}], { length: 1 }, undefined]],
  [['lost'], [null, [], { x: {} }, { [idOf(1)]: { cap: 'x' } }]],
  [['wait'], [-1, limits.wait + 1, '1', {}, 1e308]],
  [['events', 0, 'id'], [null, 1, {}, 'x', '../../etc/passwd', idOf(1).replace('7', 'g'), undefined]],
  [['events', 0, 'type'], [null, 1, [], 'click', '__proto__', 'constructor', undefined]],
  [['events', 0, 'at'], [null, '1', -1, 0.5, 1e21, undefined]],
  [['events', 0, 'session'], [null, 1, '', "'; DROP TABLE sessions; --", undefined]],
  [['events', 0, 'seq'], [null, -1, 0.1, 1e9, '0', undefined]],
  [['events', 0, 'tab'], [null, 1, '', '__proto__', 'x'.repeat(33), '<script>', undefined]],
  [['events', 0, 'page'], [null, 1, 'x', [], {}, { url: 1 }, { url: 'x'.repeat(limits.url + 1) }, { url: '/', breadcrumb: Array(21).fill('x') }]],
  [['events', 0, 'attributes'], [null, [], { a: null }, { a: { b: 1 } }, { a: [[]] }, { '': 1 }, { ['x'.repeat(101)]: 1 }, { a: Array(101).fill(1) }]],
  [['events', 0, 'start'], [null, [], {}, { type: 'web' }, { type: 'web', index: 0 }, { type: 'web', index: 1, campaign: { name: 'x'.repeat(256) } }]],
  [['events', 0, 'searchTerms'], [null, {}, [1], Array(11).fill('x'), ['x'.repeat(256)]]],
]

const hostileText = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'

/**
 * Creates a generator of bodies that are all to be refused: malformed, oversized, deeply nested, wrongly typed, hostile.
 *
 * @param seed the same seed gives the same bodies
 */
export const createHostileBodies = (seed: number): (() => HostileBody) => {
  const random = createRandom(seed)
  const below = (most: number): number => Math.floor(random() * most)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const good = (): string => JSON.stringify(batchOf({}, [opening()]))
  const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => below(256)))

  const wrongType = (): HostileBody => {
    const [path, values] = pick(wrongs)
    return { kind: `wrong ${path.join('.')}`, payload: JSON.stringify(replaceAt(batchOf({}, [opening()]), path, pick(values))) }
  }
  const cut = (): HostileBody => ({ kind: 'cut', payload: good().slice(0, below(good().length)) })
  const broken = (): HostileBody => {
    const text = good()
    const at = below(text.length)
    // A quotation mark more, anywhere, leaves a text open.
    return { kind: 'broken', payload: `${text.slice(0, at)}"${text.slice(at)}` }
  }
  const noise = (): HostileBody => ({ kind: 'noise', payload: bytes(1 + below(2000)) })
  const nested = (): HostileBody => {
    const [opens, closes] = pick([['[', ']'], ['{"a":', '}'], ['[{"a":', '}]']] as const)
    const depth = limits.depth + 1 + below(pick([10, 1000, 50_000]))
    const core = opens.repeat(depth) + '1' + closes.repeat(pick([0, depth]))
    return { kind: 'nested', payload: random() < 0.5 ? core : good().replace('"context":{}', `"context":${core}`) }
  }
  const nothing = (): HostileBody => ({ kind: 'other JSON', payload: pick(['', ' ', 'null', '1', '"x"', '[]', '{}', '[[]]', 'true', `{${hostileText}}`]) })
  const polluting = (): HostileBody => ({
    kind: 'polluting',
    payload: pick([
      good().replace('"visitor":{', `"visitor":{${hostileText},`).replace(idOf(999), 'x'),
      good().replace('"context":{}', `"context":{"screen":{${hostileText}}}`),
      good().replace('"seq":0', '"seq":0,"attributes":{"__proto__":1}'),
      good().replace('"seq":0', '"seq":0,"attributes":{"a":{"__proto__":{"polluted":1}}}'),
      good().replace('{', `{"lost":{${hostileText}},`),
    ]),
  })
  const large = (): HostileBody => ({ kind: 'large', payload: Buffer.alloc(limits.batchBytes + 1 + below(1000), pick(['x', ' ', '[', '"'])) })
  const bomb = (): HostileBody => ({ kind: 'gzip bomb', payload: gzipSync(Buffer.alloc(limits.batchBytes * (2 + below(4)), ' '), { level: 1 }) })
  const badGzip = (): HostileBody => ({ kind: 'bad gzip', payload: Buffer.concat([Buffer.from([0x1f, 0x8b]), bytes(below(200))]) })
  const zipped = (): HostileBody => {
    const { kind, payload } = pick([wrongType, cut, nothing, polluting])()
    return { kind: `${kind}, gzip`, payload: gzipSync(payload) }
  }
  const crowded = (): HostileBody => ({
    kind: 'crowded',
    payload: pick([
      () => JSON.stringify(batchOf({}, Array(limits.batchEvents + 1 + below(500)).fill({}))),
      () => JSON.stringify(batchOf({}, [opening(1, { attributes: Object.fromEntries(Array.from({ length: 65 + below(2000) }, (_, i) => [i, 1])) })])),
      () => JSON.stringify(batchOf({}, [opening(1, { attributes: { a: 'x'.repeat(limits.attributeValue + 1 + below(90_000)) } })])),
      () => JSON.stringify(batchOf({ site: 'x'.repeat(below(100_000) + 256) })),
    ])(),
  })
  const stranger = (): HostileBody => ({
    kind: 'unknown site',
    payload: JSON.stringify(batchOf({ site: pick(["' OR 1=1 --", '<script>alert(1)</script>', '__proto__', 'constructor', '../shop', 'shop\0']) })),
  })
  const elsewhere = (): HostileBody => ({
    kind: 'other origin',
    payload: good(),
    headers: { origin: pick(['https://evil.example.com', 'null', 'https://shop.example.com.evil.com', 'https://shop.example.com:8443', '<script>']) },
  })
  const otherType = (): HostileBody => ({
    kind: 'other type',
    payload: good(),
    headers: { 'content-type': pick(['application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'text/html', 'x']) },
  })

  const usual = [wrongType, wrongType, wrongType, cut, broken, noise, nested, nothing, polluting, badGzip, zipped, crowded, stranger, elsewhere, otherType]
  const costly = [large, bomb]
  return () => (random() < 0.02 ? pick(costly) : pick(usual))()
}
