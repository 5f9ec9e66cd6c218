import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumFlags } from '../launchChromium.ts'
import { createPipe } from './createPipe.ts'
import { toTab } from './createPlaywrightEngine.ts'
import { discardTab } from './discardTab.ts'
import type { Alone, Profile, Tab } from './engine.ts'

const readAddress = async (child: ChildProcess): Promise<string> => {
  let text = ''
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = /DevTools listening on (ws:\S+)/.exec(text)
      if (found) resolve(found[1]!)
    })
    child.once('exit', () => reject(new Error(`Chromium did not start:\n${text}`)))
  })
}

const setFrozen = async (page: Page, isFrozen: boolean): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' })
  await session.detach()
}

const newTab = async (context: BrowserContext): Promise<Tab> => {
  const session = await context.browser()!.newBrowserCDPSession()
  const open = async (newWindow: boolean): Promise<Page> => {
    const [page] = await Promise.all([context.waitForEvent('page'), session.send('Target.createTarget', { url: 'about:blank', newWindow })])
    return page
  }
  const page = await open(true)
  const tab = toTab(page)
  let cover: Page | undefined
  return {
    ...tab,
    hide: async () => {
      // A new tab is opened in the window that was opened last. (What the page opens itself hides it, and it is not told.)
      cover = await open(false)
      await tab.waitForFunction(() => document.hidden)
    },
    show: async () => {
      await cover?.close()
      await page.bringToFront()
      await tab.waitForFunction(() => !document.hidden)
    },
    setFrozen: isFrozen => setFrozen(page, isFrozen),
  }
}

/**
 * Starts a Chromium of its own as a visitor does.
 *
 * @param url opened at once; default none
 * @returns it, and `connect`, which drives it and changes nothing of what pages see: the Playwright that starts a browser keeps all of its
 *   pages visible
 */
export const launchAlone = async (executablePath: string, url?: string): Promise<Alone & { connect(): Promise<Profile> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-alone-'))
  // Where the browser's own pages may be looked at.
  writeFileSync(join(folder, 'Local State'), JSON.stringify({ internal_only_uis_enabled: true }))
  const own = ['--headless=new', '--disable-popup-blocking', '--remote-debugging-port=0', '--remote-debugging-pipe', `--user-data-dir=${folder}`]
  // A process group of its own, so that one signal reaches all of its processes.
  const child = spawn(executablePath, [...chromiumFlags, ...own, url ?? '--no-startup-window'], { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      process.kill(-child.pid!, 'SIGKILL')
      await gone
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const address = await readAddress(child)
  const command = createPipe(child)
  return {
    cover: async () => void (await command('Target.createTarget', { url: 'about:blank' })),
    discard: page => discardTab(command, page),
    show: async page => {
      const { targetInfos } = (await command('Target.getTargets')) as { targetInfos: { targetId: string; url: string }[] }
      await command('Target.activateTarget', { targetId: targetInfos.find(target => target.url === page)!.targetId })
    },
    connect: async () => {
      const browser = await chromium.connectOverCDP(address, { noDefaults: true })
      const [context] = browser.contexts()
      return {
        newTab: () => newTab(context!),
        close: async () => {
          await browser.close()
          await stop()
        },
      }
    },
    stop,
  }
}
