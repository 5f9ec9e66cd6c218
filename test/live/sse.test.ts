import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSseParser, type SseMessage } from '../../src/live/sse.ts'

const parse = (...chunks: string[]): SseMessage[] => {
  const parser = createSseParser()
  return chunks.flatMap(chunk => parser.push(chunk))
}

describe('the parser of server-sent events', () => {
  test.each<[title: string, text: string, messages: SseMessage[]]>([
    ['reads a message', 'event: session\nid: 7\ndata: {}\n\n', [{ event: 'session', id: '7', data: '{}' }]],
    ['calls a message without a name message', 'data: x\n\n', [{ event: 'message', id: '', data: 'x' }]],
    ['joins lines of data', 'data: a\ndata: b\n\n', [{ event: 'message', id: '', data: 'a\nb' }]],
    ['takes one blank after the colon away, and no more', 'data:  a\n\ndata:b\n\n', [{ event: 'message', id: '', data: ' a' }, { event: 'message', id: '', data: 'b' }]],
    ['skips comments', ':\n\n: beat\n\ndata: x\n\n', [{ event: 'message', id: '', data: 'x' }]],
    ['skips what is no field of its own', 'retry: 5\ncolour: red\ndata\n\n', [{ event: 'message', id: '', data: '' }]],
    ['drops a message without data, and its name', 'event: a\n\ndata: x\n\n', [{ event: 'message', id: '', data: 'x' }]],
    ['keeps the last id', 'id: 1\ndata: a\n\ndata: b\n\n', [{ event: 'message', id: '1', data: 'a' }, { event: 'message', id: '1', data: 'b' }]],
    ['takes no id with a NUL', 'id: 1\nid: 2\0\ndata: a\n\n', [{ event: 'message', id: '1', data: 'a' }]],
    ['keeps a message back until its blank line', 'data: a\n', []],
    ['ends lines with CRLF and with CR', 'data: a\r\n\r\ndata: b\r\r', [{ event: 'message', id: '', data: 'a' }, { event: 'message', id: '', data: 'b' }]],
    ['skips a byte order mark at the start alone', '\uFEFFdata: a\n\n\uFEFFdata: b\n\n', [{ event: 'message', id: '', data: 'a' }]],
  ])('%s', (_title, text, messages) => expect(parse(text)).toEqual(messages))

  test('reads the same messages wherever the stream is cut', () => {
    const line = fc.constantFrom('data: a', 'data:b', 'event: session', 'id: 9', ': beat', '', '', 'x')
    const end = fc.constantFrom('\n', '\r\n', '\r')
    const text = fc.array(fc.tuple(line, end)).map(lines => lines.map(parts => parts.join('')).join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 60 })), (stream, cuts) => {
        const places = [0, ...cuts.filter(cut => cut <= stream.length).sort((a, b) => a - b), stream.length]
        const chunks = places.slice(1).map((place, i) => stream.slice(places[i], place))
        expect(parse(...chunks)).toEqual(parse(stream))
      }),
    )
  })
})
