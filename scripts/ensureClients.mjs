import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, readStamp } from './hashFiles.mjs'
import { fail, root, run, say } from './run.mjs'

const files = ['package.json', 'package-lock.json']

/** Not within the folders that are read as sources of the project. */
const folder = '.setup/clients'

const stamp = `${folder}/.installed`

/** Installs clients of other vendors, as npm has them, into a folder of their own: they are no dependencies of the project. */
export const ensureClients = () => {
  const wanted = hashFiles(files.map(file => `e2e/clients/${file}`))
  if (readStamp(stamp) === wanted) return
  say('installing clients of other vendors')
  mkdirSync(join(root, folder), { recursive: true })
  for (const file of files) cpSync(join(root, 'e2e/clients', file), join(root, folder, file))
  const result = run('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true })
  if (!result.ok) fail(result.output)
  writeFileSync(join(root, stamp), wanted)
}
