/** One message of a `text/event-stream`. */
export interface SseMessage {
  /** Name of the event, `message` where the stream names none. */
  event: string
  data: string
  /** The last id the stream has given, '' before the first. */
  id: string
}

/** Takes a stream apart as its text arrives. */
export interface SseParser {
  /** Adds text, cut anywhere, and returns the messages it completes. */
  push(text: string): SseMessage[]
}

interface Draft {
  event: string
  data: string[]
}

/**
 * Creates a parser of server-sent events, for a stream that `EventSource` cannot open because it needs a header. Lines end in LF,
 * CR or CRLF, also when a chunk ends between the two; comments and unknown fields are skipped; a message that the stream breaks
 * off is dropped.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export const createSseParser = (): SseParser => {
  let pending = ''
  let afterCarriageReturn = false
  let atStart = true
  let id = ''
  let draft: Draft = { event: '', data: [] }

  const readField = (line: string): void => {
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') draft.data.push(value)
    else if (name === 'event') draft.event = value
    else if (name === 'id' && !value.includes('\0')) id = value
  }

  const takeMessage = (): SseMessage[] => {
    const { event, data } = draft
    draft = { event: '', data: [] }
    return data.length ? [{ event: event || 'message', data: data.join('\n'), id }] : []
  }

  const withoutStart = (text: string): string => {
    if (!text) return text
    const skipsLineFeed = afterCarriageReturn && text.startsWith('\n')
    const skipsMark = atStart && text.startsWith('\uFEFF')
    afterCarriageReturn = false
    atStart = false
    return skipsLineFeed || skipsMark ? text.slice(1) : text
  }

  return {
    push(text) {
      const fresh = withoutStart(text)
      if (fresh.endsWith('\r')) afterCarriageReturn = true
      const lines = (pending + fresh).split(/\r\n|\r|\n/)
      pending = lines.pop() ?? ''
      return lines.flatMap(line => {
        if (!line) return takeMessage()
        readField(line)
        return []
      })
    },
  }
}
