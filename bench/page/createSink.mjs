import { once } from 'node:events'
import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

/** What a collector does with what comes: takes it, answers 500, closes the connection, or takes it and closes the connection. */
/** @typedef {'pass' | 'fail' | 'down' | 'loseReply'} Behaviour */

/** Stands in the properties of each event, so that it is found in whatever form it was sent. */
export const markerPattern = /bench-[a-z]+-\d+-end/g

/** Whatever a page wants to say is allowed: which headers each peer has changes with its versions. */
const cors = (/** @type {import('node:http').IncomingHttpHeaders} */ headers) => ({
  'access-control-allow-origin': headers.origin ?? '*',
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
})

/** Nothing where it cannot be undone: a compressed body may hold what looks encoded. @param {() => (Buffer | string)[]} work */
const attempt = work => {
  try {
    return work().map(form => Buffer.from(form))
  } catch (cause) {
    if (cause instanceof URIError || (cause instanceof Error && 'code' in cause)) return []
    throw cause
  }
}

/** The texts that a body may be: peers compress, encode, or both. @returns {string[]} */
const toTexts = (/** @type {Buffer} */ body, /** @type {string} */ url) => {
  /** @type {Buffer[]} */
  const forms = [body, Buffer.from(url)]
  const text = body.toString('latin1')
  for (const [, value = ''] of `${text}&${url.split('?')[1] ?? ''}`.matchAll(/(?:^|&)(?:data|ue_px|ue_pr|cx|e)=([^&]*)/g)) {
    forms.push(
      ...attempt(() => {
        const decoded = decodeURIComponent(value.replaceAll('+', ' '))
        return [decoded, Buffer.from(decoded, 'base64')]
      }),
    )
  }
  return forms.flatMap(form => (form[0] === 0x1f && form[1] === 0x8b ? attempt(() => [gunzipSync(form)]) : [form])).map(form => form.toString('utf8'))
}

/** Answers that satisfy whoever asks: Sojourn wants its own, with a short id, and would ask again for one; the others a 200. */
const toAnswer = (/** @type {string} */ path, /** @type {string} */ text) => {
  if (path !== '/v1/events') return { status: 200, body: path.startsWith('/mixpanel') ? '1' : '{"status":"ok","success":true,"code":200}' }
  /** @type {{ events: { session: string }[] }} */
  const { events } = JSON.parse(text)
  return { status: 200, body: JSON.stringify({ accepted: events.length, duplicates: 0, rejected: [], session: { id: events.at(-1)?.session, shortId: '4711' } }) }
}

/**
 * Starts the website and the collector of one subject, each an origin of its own, on free ports of loopback.
 *
 * @param {Record<string, { type: string, body: string | Buffer }>} files of the website, by path
 */
export const createSink = async files => {
  /** @type {Behaviour} */
  let behaviour = 'pass'
  let bytes = 0
  let requests = 0
  /** @type {Map<string, number>} */
  const taken = new Map()

  const site = createServer((request, response) => {
    const file = files[new URL(request.url ?? '/', 'http://site').pathname]
    // Isolated, so that the clock of the page tells microseconds.
    const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'credentialless', 'cache-control': 'no-store' }
    if (file) response.writeHead(200, { ...headers, 'content-type': file.type }).end(file.body)
    else response.writeHead(404, headers).end()
  })

  const take = (/** @type {string[]} */ texts) => {
    const found = new Set(texts.flatMap(text => text.match(markerPattern) ?? []))
    for (const marker of found) taken.set(marker, (taken.get(marker) ?? 0) + 1)
  }

  const collector = createServer(async (request, response) => {
    const { method, url = '/', headers, rawHeaders, httpVersion } = request
    /** @type {Buffer[]} */
    const chunks = []
    try {
      for await (const chunk of request) chunks.push(chunk)
    } catch {
      return void response.destroy()
    }
    const body = Buffer.concat(chunks)
    requests++
    // As it was on the wire: the first line, a line for each header, an empty one, and the body.
    bytes += `${method} ${url} HTTP/${httpVersion}\r\n`.length + rawHeaders.reduce((sum, part) => sum + part.length + 2, 0) + 2 + body.length
    if (behaviour === 'down') return void request.socket.destroy()
    const answerHeaders = { ...cors(headers), 'cross-origin-resource-policy': 'cross-origin' }
    if (method === 'OPTIONS') return void response.writeHead(204, { ...answerHeaders, 'access-control-max-age': '86400' }).end()
    if (behaviour === 'fail') return void response.writeHead(500, answerHeaders).end('{}')
    const texts = toTexts(body, url)
    take(texts)
    if (behaviour === 'loseReply') return void request.socket.destroy()
    const answer = toAnswer(new URL(url, 'http://collector').pathname, texts[0] ?? '')
    response.writeHead(answer.status, { ...answerHeaders, 'content-type': 'application/json' }).end(answer.body)
  })

  const listen = async (/** @type {import('node:http').Server} */ server) => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`
  }

  return {
    site: await listen(site),
    collector: await listen(collector),
    behave: (/** @type {Behaviour} */ next) => {
      behaviour = next
      if (next === 'down') collector.closeAllConnections()
    },
    /** What has come since the last `forget`: bytes of requests with their headers, and requests, preflights with them. */
    traffic: () => ({ bytes, requests }),
    /** How often each marked event was taken. */
    taken: () => taken,
    forget: () => {
      bytes = 0
      requests = 0
      taken.clear()
    },
    stop: () => {
      for (const server of [site, collector]) server.close().closeAllConnections()
    },
  }
}
