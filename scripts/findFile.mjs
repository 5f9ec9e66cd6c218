import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The first of some paths at which there is a file.
 *
 * @param {(string | undefined)[]} paths
 */
export const findFile = paths => paths.find(path => path && existsSync(path))

/**
 * Where programs of these names would be: on the search path, and where systems keep their own.
 *
 * @param {string[]} names
 */
export const programPaths = names =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].flatMap(folder => names.map(name => join(folder, name)))
