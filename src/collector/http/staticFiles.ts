import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

/** A file as it is served, from memory. */
export interface StaticFile {
  type: string
  etag: string
  /** The content as it is. */
  content: Buffer
  /** Compresses, where that pays: once, when the first client asks for it, and off this thread. */
  compress?: Record<Encoding, () => Promise<Buffer>>
}

/** How a client may want a file, the smallest first. */
export const encodings = ['br', 'gzip'] as const

export type Encoding = (typeof encodings)[number]

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Pictures and fonts are compressed already. */
const isCompressible = (type: string): boolean => /^text|json|svg/.test(type)

/** Does a piece of work at the first call, and hands its result out from then on. */
const once = (work: () => Promise<Buffer>): (() => Promise<Buffer>) => {
  let result: Promise<Buffer> | undefined
  return () => (result ??= work())
}

/** Makes of a content what is served. */
export const toStaticFile = (name: string, content: Buffer): StaticFile => {
  const type = types[extname(name)] ?? 'application/octet-stream'
  const compress = {
    br: once(() => promisify(brotliCompress)(content)),
    gzip: once(() => promisify(gzip)(content, { level: 9 })),
  }
  return {
    type,
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    content,
    ...(isCompressible(type) && { compress }),
  }
}

/**
 * Reads the files of a folder and of those below it.
 *
 * @returns by path within the folder, e.g. `css/shop.css`; none when there is no such folder
 */
export const readStaticFiles = (folder: string): Map<string, StaticFile> => {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return new Map()
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => statSync(join(folder, name)).isFile())
  return new Map(names.map(name => [name.replaceAll('\\', '/'), toStaticFile(name, readFileSync(join(folder, name)))]))
}

/** Weights of the encodings that a client accepts, e.g. `br, gzip;q=0.8`. */
const parseAccepted = (header: string): Map<string, number> =>
  new Map(
    header.split(',').map(entry => {
      const [name = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const quality = parameters.map(parameter => /^ *q=([\d.]+)$/.exec(parameter)?.[1]).find(value => value !== undefined)
      return [name.trim(), quality === undefined ? 1 : Number(quality)]
    }),
  )

/** The smallest encoding of a file that the client accepts; undefined for the content as it is. */
export const chooseEncoding = ({ compress }: StaticFile, acceptEncoding = ''): Encoding | undefined => {
  const accepted = parseAccepted(acceptEncoding)
  return compress && encodings.find(name => (accepted.get(name) ?? accepted.get('*') ?? 0) > 0)
}
