import { chromium, type Browser } from 'playwright-core'
import { findChromium } from '../../scripts/findChromium.mjs'

/** Nothing but the pages under test speaks to the network, and a container's sandbox is enough. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the Chromium of this machine. */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('There is no Chromium; npm test installs one.')
  return chromium.launch({ executablePath, args: chromiumFlags })
}
