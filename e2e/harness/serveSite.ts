import { createReadStream, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

export interface SiteOptions {
  /** Folder whose files are served as they are. */
  folder?: string
  /** Pages made of text, by path. They come before the folder's files, and answer a posted form, too. */
  pages?: Record<string, string>
  /** Addresses to which visitors are sent on, by path, also when they post a form. */
  redirects?: Record<string, string>
  /** Put before `</head>` of every HTML file; nothing else is changed. */
  head?: string
  /** Headers of an answer beside its type, by path. */
  headers?: Record<string, Record<string, string>>
}

/** A website on a port of its own. */
export interface Website {
  /** Without a slash at its end. */
  origin: string
  /** Bodies that were posted to a path, oldest first. */
  posted(path: string): string[]
  stop(): Promise<void>
}

const fileOf = (folder: string | undefined, path: string): string | undefined => {
  const file = join(folder ?? '', normalize(path), path.endsWith('/') ? 'index.html' : '')
  return folder && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined
}

/** Puts a text before the end of the head, or first where a page has no head. */
const inject = (html: string, head: string): string => {
  const at = Math.max(0, html.search(/<\/head>/i))
  return html.slice(0, at) + head + html.slice(at)
}

/** Serves a website on a free port of loopback. */
export const serveSite = async ({ folder, pages = {}, redirects = {}, head = '', headers = {} }: SiteOptions): Promise<Website> => {
  const bodies: Record<string, string[]> = {}
  const answer = (path: string, response: ServerResponse): void => {
    const location = redirects[path]
    if (location !== undefined) return void response.writeHead(303, { location }).end()
    const file = fileOf(folder, path)
    const page = pages[path] ?? (file && extname(file) === '.html' ? readFileSync(file, 'utf8') : undefined)
    const type = page === undefined ? types[extname(file ?? '')] : types['.html']
    if (page === undefined && !file) return void response.writeHead(404).end()
    response.setHeader('content-type', type ?? 'application/octet-stream')
    for (const [name, value] of Object.entries(headers[path] ?? {})) response.setHeader(name, value)
    if (page !== undefined) response.end(inject(page, head))
    else createReadStream(file!).pipe(response)
  }
  const take = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    ;(bodies[path] ??= []).push(body)
    if (pages[path] === undefined && redirects[path] === undefined) response.writeHead(204).end()
    else answer(path, response)
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname)
    if (request.method === 'POST') take(path, request, response).catch(() => response.destroy())
    else answer(path, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posted: path => bodies[path] ?? [],
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
