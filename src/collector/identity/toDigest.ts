import { createHash } from 'node:crypto'

/**
 * Stands for a random id, and tells nobody which one: what was erased can be told from what was not, although nothing of it is kept.
 * 128 bits, hexadecimal.
 */
export const toDigest = (site: string, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([site, id]))
    .digest('hex')
    .slice(0, 32)
