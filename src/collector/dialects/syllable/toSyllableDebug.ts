import type { JsonObject } from '../../conversations/documentStore.ts'
import type { SyllableDocument } from './syllableSession.ts'

const listOf = (from: JsonObject | undefined, name: string): JsonObject[] => (Array.isArray(from?.[name]) ? (from[name] as JsonObject[]) : [])

const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

const toMessage = ({ timestamp, source, text }: JsonObject): JsonObject => ({
  role: source === 'user' ? 'user' : 'agent',
  dialog: { text: toText(text) },
  tool_calls: [],
  timestamp,
})

/** A call of a tool that the transcript tells stands in a message without words. */
const toCall = ({ timestamp, tool_name: name, tool_request: request, tool_result: result }: JsonObject, number: number): JsonObject => ({
  role: 'agent',
  dialog: { text: '' },
  tool_calls: [{ tool_call_id: String(number + 1), tool_name: toText(name), tool_arguments: request ?? null, tool_result: result ?? null, timestamp }],
  timestamp,
})

/** What was said and done in a session: as it was written, else put together from its transcript, oldest first. */
export const toSyllableDebug = (id: string, { session, parts }: SyllableDocument): JsonObject => {
  if (parts.debug) return parts.debug
  const messages = [...listOf(parts.transcript, 'transcription').map(toMessage), ...listOf(parts.transcript, 'actions').map(toCall)]
  return {
    // Their debugging knows numbers alone.
    session_id: /^\d{1,15}$/.test(id) ? Number(id) : 0,
    source: toText(session.source),
    target: toText(session.target),
    is_test: session.is_test === true,
    messages: messages.sort((a, b) => Date.parse(String(a.timestamp)) - Date.parse(String(b.timestamp))),
  }
}

/** What a tool has answered; undefined where there was no such call. */
export const toToolResult = (debug: JsonObject, call: string): JsonObject | undefined => {
  const found = listOf(debug, 'messages').flatMap(message => listOf(message, 'tool_calls')).find(each => each.tool_call_id === call)
  return found && { tool_name: found.tool_name, tool_result: found.tool_result }
}
