import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What requests are compared with, and the key itself where it may be shown. */
export interface ApiKey {
  hash: Buffer
  /** Present once only: in the run that made the key. */
  created?: string
  /** Stores the hash of a key that was just made. Not before it can be shown: else a start that fails would leave a key that nobody knows. */
  keep(): void
}

/** What was kept before, or is not to be. */
const keepNothing = (): void => undefined

const fileName = 'api-key.sha256'

/** A key of 256 random bits needs no slow hash: there is nothing to guess. */
const toHash = (key: string): Buffer => createHash('sha256').update(key).digest()

/**
 * Finds the API key: the given one, used as it is and not kept, else that of the data folder, else a new one.
 *
 * @throws when the file in the data folder is no hash
 */
export const readApiKey = (folder: string, given?: string): ApiKey => {
  if (given !== undefined) return { hash: toHash(given), keep: keepNothing }
  const file = join(folder, fileName)
  if (existsSync(file)) {
    const hash = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    if (hash.length !== toHash('').length) throw new Error(`${file} is damaged. Remove it: the next start makes a new API key.`)
    return { hash, keep: keepNothing }
  }
  const created = `sojourn_${randomBytes(32).toString('base64url')}`
  const hash = toHash(created)
  const keep = (): void => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, `${hash.toString('hex')}\n`, { mode: 0o600 })
  }
  return { hash, created, keep }
}

/** Compares the `Authorization` header with the key, in a time that does not depend on what is in it. */
export const isAuthorized = (header: string | undefined, { hash }: Pick<ApiKey, 'hash'>): boolean => {
  const [, token] = /^Bearer +(\S+) *$/i.exec(header ?? '') ?? []
  return token !== undefined && timingSafeEqual(toHash(token), hash)
}
