import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Folder of the project, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * One short line for the person who waits.
 *
 * @param {string} text
 */
export const say = text => process.stdout.write(`· ${text}\n`)

/**
 * Runs a command in the project's folder and waits for it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] quiet: its output is shown only when it fails
 * @returns {{ ok: boolean, status: number, output: string }} output is empty unless quiet
 */
export const run = (command, args, { quiet = false, env = {} } = {}) => {
  const child = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const output = [child.stdout, child.stderr, child.error?.message].filter(Boolean).join('\n')
  return { ok: child.status === 0, status: child.status ?? 1, output }
}

/** True where packages of the system can be installed: root on Debian or a system like it. */
export const canInstall = () => process.getuid?.() === 0 && run('apt-get', ['--version'], { quiet: true }).ok

/**
 * Installs packages of the system.
 *
 * @param {string[]} packages
 */
export const installPackages = packages => {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const updated = run('apt-get', ['update', '-q'], { quiet: true, env })
  const installed = run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { quiet: true, env })
  if (!installed.ok) process.stderr.write(`${updated.output}\n${installed.output}\n`)
  return installed.ok
}

/**
 * Ends the program with a message for the person who started it.
 *
 * @param {string} message
 * @returns {never}
 */
export const fail = message => {
  process.stderr.write(`\n${message}\n`)
  process.exit(1)
}
