import type { JsonObject } from '../../conversations/documentStore.ts'
import type { SyllableDocument } from './syllableSession.ts'

/** One event of a timeline. */
interface Entry extends JsonObject {
  kind: 'transcript' | 'tool' | 'latency'
  timestamp: string
}

const listOf = (part: JsonObject | undefined, name: string): JsonObject[] => (Array.isArray(part?.[name]) ? (part[name] as JsonObject[]) : [])

const pick = (from: JsonObject, names: readonly string[]): JsonObject => Object.fromEntries(names.flatMap(name => (name in from ? [[name, from[name]]] : [])))

const millisecondsOf: Record<string, number> = { minutes: 60_000, seconds: 1000, milliseconds: 1, microseconds: 1e-3, nanoseconds: 1e-6 }

const toDuration = ({ value, unit_type: unit }: JsonObject): JsonObject => {
  const milliseconds = millisecondsOf[String(unit)]
  return typeof value === 'number' && milliseconds !== undefined ? { duration_ms: value * milliseconds } : {}
}

/** `MM:SS`, or `HH:MM:SS` from an hour on. */
const toOffset = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000)) || 0
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, '0'))
  return parts.slice(seconds < 3600 ? 1 : 0).join(':')
}

const toEntries = ({ transcript, latency }: SyllableDocument['parts']): Entry[] => [
  ...listOf(transcript, 'transcription').map((text): Entry => ({ kind: 'transcript', timestamp: String(text.timestamp), ...pick(text, ['source', 'text', 'lang']) })),
  ...listOf(transcript, 'actions').map(
    (action): Entry => ({
      kind: 'tool',
      timestamp: String(action.timestamp),
      category: 'tool',
      ...(action.tool_name != null && { label: action.tool_name }),
      ...pick(action, ['duration_ms', 'tool_request', 'tool_result', 'tool_error']),
    }),
  ),
  ...listOf(latency, 'timeline').map(
    (entry): Entry => ({ kind: 'latency', timestamp: String(entry.timestamp), ...pick(entry, ['category', 'label', 'metadata']), ...toDuration(entry) }),
  ),
]

/** The timeline of a session: as it was written, else put together from its transcript and its latencies, oldest first. */
export const toSyllableTimeline = (id: string, { session, parts }: SyllableDocument): JsonObject => {
  if (parts.timeline) return parts.timeline
  const start = Date.parse(String(session.timestamp))
  const events = toEntries(parts)
    .map(entry => ({ at: Date.parse(entry.timestamp), entry }))
    .sort((a, b) => a.at - b.at)
    .map(({ at, entry }) => ({ ...entry, offset: toOffset(at - start) }))
  return { session_id: id, session_start: String(session.timestamp), events }
}
