import type { Facets, ForeignDocument, JsonObject, Link } from '../../conversations/documentStore.ts'
import { toE164 } from '../../conversations/toE164.ts'

/** Kind of the documents. */
export const syllableKind = 'syllable.session'

/** What is told of a session apart from itself. Each is kept with it, as it was written. */
export const syllableParts = ['transcript', 'full-summary', 'timeline', 'latency', 'recording', 'debug'] as const

export type SyllablePart = (typeof syllableParts)[number]

/** Where what debugging tells is read. */
export const syllableDebugPath = '/api/v1/session_debug'

/** Path of a part, up to the id. */
export const toPartPath = (part: SyllablePart): string => (part === 'debug' ? `${syllableDebugPath}/session_id/` : `/api/v1/sessions/${part}/`)

/** How a part is read: their clients ask for recordings by POST. */
export const methodOf = (part: SyllablePart): 'GET' | 'POST' => (part === 'recording' ? 'POST' : 'GET')

/** A session with its parts, in one document: they come and go together. */
export interface SyllableDocument extends JsonObject {
  session: JsonObject
  parts: Partial<Record<SyllablePart, JsonObject>>
}

/** Properties that sessions are searched and put in order by. */
export const sessionProperties = [
  ...['timestamp', 'session_id', 'conversation_id', 'channel_manager_service', 'channel_manager_type', 'channel_manager_sid', 'agent_type'],
  ...['agent_id', 'agent_name', 'prompt_id', 'prompt_name', 'source', 'target', 'duration', 'is_outbound', 'is_legacy', 'is_test'],
] as const

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Who started it is a phone number, or a name that may be the customer's; what came from a web page may say which session. */
const toLinks = (session: JsonObject): Link[] => {
  const source = textOf(session.source)
  const target = textOf(session.target)
  const customer = session.is_outbound === true ? target : source
  const said: [Link['by'], string | undefined][] = [
    ['session', textOf(session.journey_session_id)],
    ['shortId', textOf(session.short_id)],
    ['customer', textOf(session.customer_id)],
    ['customer', customer],
    ['phone', toE164(customer ?? '')],
  ]
  return said.flatMap(([by, value]) => (value === undefined ? [] : [{ by, value }]))
}

const toOrder = (name: string, value: unknown): string | number | undefined => {
  if (name === 'timestamp') return Date.parse(String(value))
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}

/** Facets of properties: `is:<name>` as text, for searching, and `<name>` for putting in order. */
export const toPropertyFacets = (properties: readonly string[], document: JsonObject): Facets =>
  Object.fromEntries(
    properties.flatMap(name => {
      const value = document[name]
      if (value === undefined || value === null) return []
      const order = toOrder(name, value)
      const texts = [value].flat().map(String)
      return [[`is:${name}`, texts] as const, ...(order === undefined ? [] : [[name, order] as const])]
    }),
  )

/** How a session is stored, and what it is found by. */
export const toSyllableDocument = (id: string, body: SyllableDocument): { document: ForeignDocument; facets: Facets } => ({
  document: { kind: syllableKind, id, at: Date.parse(String(body.session.timestamp)), body, links: toLinks(body.session) },
  facets: toPropertyFacets(sessionProperties, body.session),
})
