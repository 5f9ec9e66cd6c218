import { chromium } from 'playwright-core'
import { findChromium } from '../../scripts/findChromium.mjs'

/** As visitors have it: some trackers leave automated browsers out. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-blink-features=AutomationControlled',
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
]

/** Path of the Chromium of this machine. */
export const chromiumPath = () => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('There is no Chromium; npm test installs one.')
  return executablePath
}

/** Starts a Chromium. */
export const launchBrowser = () => chromium.launch({ executablePath: chromiumPath(), args: flags, ignoreDefaultArgs: ['--disable-back-forward-cache'] })
