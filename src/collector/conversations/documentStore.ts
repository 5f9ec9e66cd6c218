/** A JSON object as it came, with whatever is in it. */
export type JsonObject = Record<string, unknown>

/** What a document can be found and put in order by. Numbers come before texts. */
export type FacetValue = string | number

/** Facets by name; the name belongs to the document's kind. One that documents are put in order by has one value. */
export type Facets = Record<string, FacetValue | readonly FacetValue[]>

/** What ties a conversation to a web session: its id, its short id, who the customer is, or a phone number (E.164). */
export interface Link {
  by: 'session' | 'shortId' | 'customer' | 'phone'
  value: string
}

/** A document that was written in somebody else's model, kept as it came. */
export interface ForeignDocument {
  /** Which model it is written in, e.g. `vapi.session`. */
  kind: string
  /** Unique among the documents of its kind. */
  id: string
  /** When it began, milliseconds since 1970. */
  at: number
  body: JsonObject
  links: Link[]
}

/** A document that is no more, and the one site of the Sessions that it was tied to. */
export type RemovedDocument = Pick<ForeignDocument, 'kind' | 'id'> & { site?: string }

/** Restricts a search: a value of the facet is among these, or within bounds. Documents that lack the facet are not found. */
export interface Condition {
  facet: string
  anyOf?: readonly FacetValue[]
  /** At least, and more than. */
  from?: FacetValue
  after?: FacetValue
  /** At most, and less than. */
  to?: FacetValue
  before?: FacetValue
}

export interface DocumentSearch {
  kind: string
  /** All have to hold. */
  where?: readonly Condition[]
  /** Facet that decides the order; documents that lack it come last, those of one value in the order in which they were first stored. */
  orderBy: string
  descending?: boolean
  offset?: number
  limit: number
}

/** A part of what was found, and how much there is in all. */
export interface FoundDocuments {
  documents: ForeignDocument[]
  total: number
}

/** Names a document in the order of lists of all: by its beginning, then its kind and id. */
export type DocumentKey = Pick<ForeignDocument, 'at' | 'kind' | 'id'>

/** Which documents a list of all is about. */
export interface DocumentList {
  /** Default: all. */
  kinds?: readonly string[]
  /** Only those with one of these. */
  links?: readonly Link[]
  /** Bounds of the beginning, milliseconds since 1970: from (included) and to (not included). */
  from?: number
  to?: number
  /** Only those that come after this one. */
  after?: DocumentKey
  /** Default: the newest first. */
  oldestFirst?: boolean
  limit: number
}

/** Keeps documents of other models: `createMemoryDocumentStore`, `createSqliteDocumentStore`. */
export interface DocumentStore {
  get(kind: string, id: string): ForeignDocument | undefined
  /** Returns when the document is durable. One of the same kind and id is replaced, and keeps its place in the order. */
  put(document: ForeignDocument, facets: Facets): void
  /** @returns false when there was none */
  remove(kind: string, id: string): boolean
  find(search: DocumentSearch): FoundDocuments
  /** Documents of several kinds, in the order in which they began. */
  list(search: DocumentList): ForeignDocument[]
  /** Removes documents with one of the links. @returns how many */
  removeLinked(links: readonly Link[]): number
  /** Leaves nothing in files of what was removed. @returns false when somebody is in the way: to be tried again */
  scrub(): boolean
  close(): void
}
