import { lstatSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, readStamp } from './hashFiles.mjs'
import { canInstall, fail, installPackages, root, run, say } from './run.mjs'

const stamp = 'node_modules/.sojourn-setup'

const compilerHint = `better-sqlite3, which keeps the data, has no ready-made binary for this system and could not be compiled.
It needs Python 3, make and a C++ compiler:
  Debian, Ubuntu   apt-get install python3 make g++
  Fedora           dnf install python3 make gcc-c++
  macOS            xcode-select --install
Install them and run the same command again.`

const install = () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true })

/** A binary of another Node version, or none at all, shows only when a database is opened. */
const opensDatabase = () =>
  run(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], { quiet: true }).ok

/** Installs what the lockfile names, unless that was done before. */
export const ensureDependencies = () => {
  if (Number(process.versions.node.split('.')[0]) < 20) fail(`Sojourn needs Node 20 or newer; this is ${process.version}.`)
  // The binary in node_modules belongs to the Node version that installed it.
  const wanted = `${hashFiles(['package-lock.json'])} ${process.versions.modules}`
  if (readStamp(stamp) === wanted) return
  // npm would empty the folder that is linked, for everybody who uses it.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) fail('node_modules is a link: run npm ci where it leads to.')
  say('installing dependencies')
  let result = install()
  const lacksDatabase = result.ok ? !opensDatabase() : result.output.includes('better-sqlite3')
  if (lacksDatabase && canInstall()) {
    say('better-sqlite3 needs a compiler: installing python3, make and g++')
    if (installPackages(['python3', 'make', 'g++'])) result = install()
  }
  if (!result.ok) fail(lacksDatabase ? `${result.output}\n${compilerHint}` : result.output)
  if (!opensDatabase()) fail(compilerHint)
  writeFileSync(join(root, stamp), wanted)
}
