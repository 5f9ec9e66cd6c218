import { chromium, firefox, webkit } from 'playwright-core'
import { findChromium } from '../../../scripts/findChromium.mjs'
import { findFirefox } from '../../../scripts/findFirefox.mjs'
import { findWebKit } from '../../../scripts/findWebKit.mjs'
import { chromiumFlags } from '../launchChromium.ts'
import { createPlaywrightEngine, toTab } from './createPlaywrightEngine.ts'
import { launchProfile } from '../../faults/harness/launchProfile.ts'
import { createWebDriverEngine } from './createWebDriverEngine.ts'
import type { Engine, EngineName, Killable, Profile } from './engine.ts'
import { launchAlone } from './launchAlone.ts'
import { launchKillableFirefox } from './launchKillableFirefox.ts'
import { startWebDriver } from './startWebDriver.ts'

const missing = (name: EngineName): Error => new Error(`There is no ${name}; npm run test:engines installs one.`)

const launch: Record<EngineName, () => Promise<Engine>> = {
  Chromium: async () => {
    const executablePath = findChromium()
    if (!executablePath) throw missing('Chromium')
    // As visitors have it: Playwright would turn the back/forward cache off.
    const browser = await chromium.launch({ executablePath, args: chromiumFlags, ignoreDefaultArgs: ['--disable-back-forward-cache'] })
    const newWindows = async (): Promise<Profile> => (await launchAlone(executablePath)).connect()
    const newKillable = async (): Promise<Killable> => {
      const { context, kill, start, stop } = await launchProfile()
      return { newTab: async () => toTab(await context().newPage()), kill, start, close: stop }
    }
    return { ...createPlaywrightEngine('Chromium', browser), newWindows, newKillable, openAlone: url => launchAlone(executablePath, url) }
  },
  Firefox: async () => {
    const found = findFirefox()
    if (!found) throw missing('Firefox')
    const channel = found.isPatched ? {} : { channel: 'moz-firefox' }
    const browser = await firefox.launch({ executablePath: found.path, ...channel })
    return { ...createPlaywrightEngine('Firefox', browser), newKillable: () => launchKillableFirefox(found) }
  },
  WebKit: async () => {
    const found = findWebKit()
    if (!found) throw missing('WebKit')
    if (!found.gtk) return createPlaywrightEngine('WebKit', await webkit.launch({ executablePath: found.browser }))
    const capabilities = { 'webkitgtk:browserOptions': { binary: found.browser, args: ['--automation'] } }
    return createWebDriverEngine('WebKit', await startWebDriver(found.gtk), capabilities)
  },
}

/** Starts an engine of this machine. */
export const launchEngine = (name: EngineName): Promise<Engine> => launch[name]()
