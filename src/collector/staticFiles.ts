import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** A file as it is served, from memory. */
export interface StaticFile {
  type: string
  etag: string
  /** The content as it is, and compressed where that pays. */
  encodings: { identity: Buffer; br?: Buffer; gzip?: Buffer }
}

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

/** Makes of a content what is served. */
export const toStaticFile = (name: string, identity: Buffer): StaticFile => {
  const type = types[extname(name)] ?? 'application/octet-stream'
  return {
    type,
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    encodings: isCompressible(type) ? { identity, br: brotliCompressSync(identity), gzip: gzipSync(identity, { level: 9 }) } : { identity },
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

/** The smallest form of a file that the client accepts. */
export const chooseEncoding = ({ encodings }: StaticFile, acceptEncoding = ''): { name?: 'br' | 'gzip'; body: Buffer } => {
  const accepted = parseAccepted(acceptEncoding)
  const name = (['br', 'gzip'] as const).find(each => encodings[each] && (accepted.get(each) ?? accepted.get('*') ?? 0) > 0)
  return name ? { name, body: encodings[name]! } : { body: encodings.identity }
}
