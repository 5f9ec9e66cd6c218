import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What stands between a page and the collector does with a batch. */
export type Behaviour =
  | 'pass'
  /** No answer: the connection is closed as if nobody listened. */
  | 'down'
  /** The request is read, and never answered. */
  | 'hang'
  /** The collector gets it, the page gets no answer. */
  | 'loseReply'
  | 'emptyReply'
  | 'garbage'
  | { status: number; headers?: Record<string, string>; body?: string }
  /** Answers 413 to bodies of more bytes. */
  | { tooLarge: number }

/** A website and its way to the collector, which can be made to fail. Page and collector have one origin. */
export interface Gate {
  origin: string
  behave(next: Behaviour): void
  /** Fails for some milliseconds, and resolves when it is well again. */
  failFor(ms: number, next: Behaviour): Promise<void>
  /** How many batches came since the last `forget`. */
  batches(): number
  /** What came and how it was answered, a line each, since the last `forget`. */
  seen(): string[]
  /** Everything that was asked for since the last `forget`: method, path, and the cookies that came along. */
  asked(): string[]
  forget(): void
  /** Cuts all connections, also those whose answer is still awaited. */
  cut(): void
  stop(): Promise<void>
}

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/**
 * Starts a gate on a free port of loopback.
 *
 * @param collectors addresses; the gate stays with one until it does not listen, as a load balancer does
 * @param pages HTML by path
 */
export const createGate = async (collectors: readonly string[], pages: Record<string, string>): Promise<Gate> => {
  let behaviour: Behaviour = 'pass'
  let batches = 0
  let current = 0
  let seen: string[] = []
  let asked: string[] = []

  const forward = (incoming: IncomingMessage, body: Buffer, answer: (reply: IncomingMessage) => void): void => {
    const { method = 'GET', headers, url = '/' } = incoming
    const attempt = (others: number): void => {
      const tried = current
      const sent = request(new URL(url, collectors[tried]), { method, headers: { ...headers, 'content-length': body.length } }, answer)
      sent.on('error', ({ code }: NodeJS.ErrnoException) => {
        // Otherwise it may have been taken: the page sees a closed connection, as it would without the gate.
        if (code !== 'ECONNREFUSED' || !others) return void incoming.socket.destroy()
        if (current === tried) current = (tried + 1) % collectors.length
        attempt(others - 1)
      })
      sent.end(body)
    }
    attempt(collectors.length - 1)
  }

  const pass = (incoming: IncomingMessage, body: Buffer, response: ServerResponse): void =>
    forward(incoming, body, reply => {
      for (const [name, value] of Object.entries(reply.headers)) if (value !== undefined) response.setHeader(name, value)
      response.writeHead(reply.statusCode ?? 502)
      reply.pipe(response).on('error', () => incoming.socket.destroy())
    })

  const takeBatch = (incoming: IncomingMessage, body: Buffer, response: ServerResponse): void => {
    batches++
    const line = `${new Date().toISOString().slice(11, 23)} ${body.length} bytes, ${typeof behaviour === 'string' ? behaviour : JSON.stringify(behaviour)}`
    const at = seen.push(line) - 1
    const own = seen
    const toAnswer = (): string => `${response.statusCode}${response.hasHeader('retry-after') ? `, Retry-After ${String(response.getHeader('retry-after'))}` : ''}`
    response.on('close', () => (own[at] = `${line}, ${response.headersSent ? toAnswer() : 'no answer'}`))
    if (behaviour === 'pass') pass(incoming, body, response)
    else if (behaviour === 'down') incoming.socket.destroy()
    else if (behaviour === 'loseReply') forward(incoming, body, reply => reply.resume().on('end', () => incoming.socket.destroy()))
    else if (behaviour === 'emptyReply') response.writeHead(200).end()
    else if (behaviour === 'garbage') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in to the hotel network')
    else if (typeof behaviour === 'object' && 'tooLarge' in behaviour) {
      if (body.length > behaviour.tooLarge) response.writeHead(413).end('{}')
      else pass(incoming, body, response)
    } else if (behaviour !== 'hang') response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '{}')
  }

  const server = createServer((incoming, response) => {
    const path = new URL(incoming.url ?? '/', 'http://gate').pathname
    asked.push([incoming.method, path, incoming.headers.cookie].join(' ').trim())
    const page = pages[path]
    if (page !== undefined) return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
    readBody(incoming).then(
      body => (path === '/v1/events' ? takeBatch(incoming, body, response) : pass(incoming, body, response)),
      () => incoming.socket.destroy(),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave: next => {
      behaviour = next
    },
    failFor: (ms, next) => {
      behaviour = next
      return new Promise(resolve =>
        setTimeout(() => {
          behaviour = 'pass'
          resolve()
        }, ms),
      )
    },
    batches: () => batches,
    seen: () => seen,
    asked: () => asked,
    forget: () => {
      asked = []
      seen = []
      batches = 0
    },
    cut: () => server.closeAllConnections(),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
