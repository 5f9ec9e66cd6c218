import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, readStamp } from './hashFiles.mjs'
import { fail, root, run, say } from './run.mjs'

const files = ['package.json', 'package-lock.json']

/**
 * Installs packages that are no dependencies of the project into a folder of their own, not within those that are read as its sources.
 *
 * @param {{ source: string, name: string, what: string }} options folder that lists them; name of the folder they go to; what to call them
 * @returns {string} path of the folder that has their `node_modules`
 */
export const ensurePackages = ({ source, name, what }) => {
  const folder = `.setup/${name}`
  const stamp = `${folder}/.installed`
  const wanted = hashFiles(files.map(file => `${source}/${file}`))
  if (readStamp(stamp) === wanted) return join(root, folder)
  say(`installing ${what}`)
  mkdirSync(join(root, folder), { recursive: true })
  for (const file of files) cpSync(join(root, source, file), join(root, folder, file))
  const result = run('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { quiet: true })
  if (!result.ok) fail(result.output)
  writeFileSync(join(root, stamp), wanted)
  return join(root, folder)
}
