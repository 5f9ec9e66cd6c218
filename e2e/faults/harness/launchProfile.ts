import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { findChromium } from '../../../scripts/findChromium.mjs'
import { chromiumFlags } from '../../harness/launchChromium.ts'

/** A Chromium on a profile that stays on the disk, so that it can be killed and started again. */
export interface Profile {
  context(): BrowserContext
  /** `kill -9` of all of its processes. */
  kill(): Promise<void>
  /** Stops all of its processes where they are, as the sleep of a computer does; `resume` lets them go on. */
  pause(): void
  resume(): void
  start(): Promise<void>
  stop(): Promise<void>
}

const connect = async (child: ChildProcess): Promise<Browser> => {
  let text = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = /DevTools listening on (ws:\S+)/.exec(text)
      if (found) resolve(found[1]!)
    })
    child.once('exit', () => reject(new Error(`Chromium did not start:\n${text}`)))
  })
  return chromium.connectOverCDP(address)
}

export const launchProfile = async (): Promise<Profile> => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-profile-'))
  let child: ChildProcess
  let browser: Browser

  const start = async (): Promise<void> => {
    const flags = [...chromiumFlags, '--headless=new', '--remote-debugging-port=0', '--no-startup-window', `--user-data-dir=${folder}`]
    // A process group of its own, so that one signal reaches all of its processes.
    child = spawn(findChromium()!, flags, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
    browser = await connect(child)
  }

  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    process.kill(-child.pid!, 'SIGKILL')
    await gone
  }

  await start()
  return {
    context: () => browser.contexts()[0]!,
    kill,
    pause: () => void process.kill(-child.pid!, 'SIGSTOP'),
    resume: () => void process.kill(-child.pid!, 'SIGCONT'),
    start,
    stop: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
