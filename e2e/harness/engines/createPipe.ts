import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** Sends a command of Chromium's DevTools. @param sessionId of a page that was attached to; default: the browser itself */
export type Command = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>

interface Answer {
  id?: number
  result: Record<string, unknown>
  error?: { message: string }
}

/**
 * Speaks to a Chromium by the pipe that `--remote-debugging-pipe` makes of its third and fourth file. Nothing is attached to unless a command
 * asks for it; what drives browsers for tests attaches to every page, and what is attached to is never prerendered nor discarded.
 */
export const createPipe = ({ stdio }: ChildProcess): Command => {
  const [input, output] = [stdio[3] as Writable, stdio[4] as Readable]
  const waiting = new Map<number, (answer: Answer) => void>()
  let sent = 0
  let text = ''
  output.on('data', (chunk: Buffer) => {
    const messages = (text + chunk.toString()).split('\0')
    text = messages.pop()!
    for (const answer of messages.map(message => JSON.parse(message) as Answer)) waiting.get(answer.id ?? 0)?.(answer)
  })
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++sent
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)))
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
}
