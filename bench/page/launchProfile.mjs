import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumPath, flags } from './launchBrowser.mjs'

/** @param {import('node:child_process').ChildProcess} child */
const readAddress = child =>
  new Promise((/** @type {(address: string) => void} */ resolve, reject) => {
    let text = ''
    child.stderr?.on('data', chunk => {
      text += String(chunk)
      const [, address] = /DevTools listening on (ws:\S+)/.exec(text) ?? []
      if (address) resolve(address)
    })
    child.once('exit', () => reject(new Error(`Chromium did not start:\n${text}`)))
  })

/** Starts a Chromium on a profile that stays on the disk, so that it can be killed and started again. */
export const launchProfile = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-bench-'))
  const launch = async () => {
    const args = [...flags, '--headless=new', '--remote-debugging-port=0', '--no-startup-window', `--user-data-dir=${folder}`]
    // A process group of its own, so that one signal reaches all of its processes.
    const child = spawn(chromiumPath(), args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
    const browser = await chromium.connectOverCDP(await readAddress(child))
    return { child, context: /** @type {import('playwright-core').BrowserContext} */ (browser.contexts()[0]) }
  }
  let running = await launch()
  const kill = async () => {
    const { child } = running
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    process.kill(-Number(child.pid), 'SIGKILL')
    await gone
  }
  return {
    context: () => running.context,
    kill,
    start: async () => {
      running = await launch()
    },
    stop: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof launchProfile>>} Profile */
