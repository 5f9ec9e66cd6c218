import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firefox, type BrowserContext } from 'playwright-core'
import type { FoundFirefox } from '../../../scripts/findFirefox.mjs'
import { toTab } from './createPlaywrightEngine.ts'
import type { Killable } from './engine.ts'

/** Starts a Firefox on a profile of its own, which stays on the disk when it is killed. */
export const launchKillableFirefox = async ({ path, isPatched }: FoundFirefox): Promise<Killable> => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-firefox-'))
  const [profile, program, pidFile] = ['profile', 'firefox', 'pid'].map(name => join(folder, name)) as [string, string, string]
  mkdirSync(profile)
  // Playwright does not tell the number of a process; the browser takes over that of the shell.
  writeFileSync(program, `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${path}' "$@"\n`)
  chmodSync(program, 0o755)
  let context: BrowserContext

  const start = async (): Promise<void> => {
    context = await firefox.launchPersistentContext(profile, { executablePath: program, ...(!isPatched && { channel: 'moz-firefox' }) })
  }
  await start()
  return {
    newTab: async () => toTab(await context.newPage()),
    start,
    kill: async () => {
      const gone = context.waitForEvent('close')
      // Its processes are a group of their own.
      process.kill(-Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
      await gone
    },
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
