import { hasLink } from '../conversations/hasLink.ts'
import type { Condition, DocumentKey, DocumentStore, Facets, FacetValue, ForeignDocument } from '../conversations/documentStore.ts'

/** Numbers come before texts, and texts are compared by their bytes, as SQLite does. */
const compareValues = (a: FacetValue, b: FacetValue): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return typeof a === 'number' ? -1 : 1
}

const compareKeys = (a: DocumentKey, b: DocumentKey): number => a.at - b.at || compareValues(a.kind, b.kind) || compareValues(a.id, b.id)

interface Entry {
  document: ForeignDocument
  facets: Facets
}

const valuesOf = (facets: Facets, name: string): readonly FacetValue[] => {
  const given = Object.hasOwn(facets, name) ? facets[name] : undefined
  return given === undefined ? [] : typeof given === 'object' ? given : [given]
}

const isMet = (value: FacetValue, { anyOf, from, after, to, before }: Condition): boolean =>
  (anyOf === undefined || anyOf.includes(value)) &&
  (from === undefined || compareValues(value, from) >= 0) &&
  (after === undefined || compareValues(value, after) > 0) &&
  (to === undefined || compareValues(value, to) <= 0) &&
  (before === undefined || compareValues(value, before) < 0)

const compareFacets = (a: FacetValue | undefined, b: FacetValue | undefined, sign: number): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return sign * compareValues(a, b)
}

const toKey = (kind: string, id: string): string => JSON.stringify([kind, id])

/** Documents that are gone with the process: for tests, and for trying things out. */
export const createMemoryDocumentStore = (): DocumentStore => {
  const byKey = new Map<string, Entry>()

  return {
    get: (kind, id) => structuredClone(byKey.get(toKey(kind, id))?.document),
    put: (document, facets) => void byKey.set(toKey(document.kind, document.id), structuredClone({ document, facets })),
    remove: (kind, id) => byKey.delete(toKey(kind, id)),

    find: ({ kind, where = [], orderBy, descending = false, offset = 0, limit }) => {
      const sign = descending ? -1 : 1
      const found = [...byKey.values()]
        .map(({ document, facets }, row) => ({ document, facets, row, order: valuesOf(facets, orderBy)[0] }))
        .filter(({ document, facets }) => document.kind === kind && where.every(each => valuesOf(facets, each.facet).some(value => isMet(value, each))))
        .sort((a, b) => compareFacets(a.order, b.order, sign) || sign * (a.row - b.row))
      return { documents: structuredClone(found.slice(offset, offset + limit).map(({ document }) => document)), total: found.length }
    },

    list: ({ kinds, links, from = -Infinity, to = Infinity, after, oldestFirst = false, limit }) => {
      const sign = oldestFirst ? 1 : -1
      const found = [...byKey.values()]
        .map(({ document }) => document)
        .filter(document => document.at >= from && document.at < to && (kinds?.includes(document.kind) ?? true) && (!links || hasLink(document, links)))
        .filter(document => !after || sign * compareKeys(document, after) > 0)
        .sort((a, b) => sign * compareKeys(a, b))
      return structuredClone(found.slice(0, limit))
    },

    removeLinked: links => {
      const found = [...byKey.values()].map(({ document }) => document).filter(document => hasLink(document, links))
      found.forEach(({ kind, id }) => byKey.delete(toKey(kind, id)))
      return found.length
    },

    scrub: () => true,

    close: () => byKey.clear(),
  }
}
