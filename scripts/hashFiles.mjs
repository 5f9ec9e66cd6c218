import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/**
 * Files at or below a path of the project, in a fixed order; none when the path does not exist.
 *
 * @param {string} path
 * @returns {string[]}
 */
const listFiles = path => {
  const stat = statSync(join(root, path), { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(join(root, path)).sort().flatMap(name => listFiles(`${path}/${name}`))
}

/**
 * One word for the names and contents of files, to tell whether work is still up to date. Contents, because a fresh
 * clone gives every file a new time.
 *
 * @param {string[]} paths files and folders of the project
 */
export const hashFiles = paths => {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(listFiles)) hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0')
  return hash.digest('hex')
}

/**
 * What an earlier run left as its hash; empty when there was none.
 *
 * @param {string} path
 */
export const readStamp = path => (statSync(join(root, path), { throwIfNoEntry: false }) ? readFileSync(join(root, path), 'utf8') : '')
