import { canInstall, fail, installPackages, run, say } from './run.mjs'

const hint = `The end-to-end tests drive a Chromium, and none was found or could be installed.
Install one (Debian: apt-get install chromium), or name one: CHROMIUM=/path/to/chromium npm test`

/**
 * Makes sure that there is a Chromium to drive.
 *
 * @returns {Promise<string>} its path
 */
export const ensureChromium = async () => {
  // Loaded late: it needs playwright-core, which the set-up before may just have installed.
  const { findChromium } = await import('./findChromium.mjs')
  const found = findChromium()
  if (found) return found
  say('installing Chromium for the end-to-end tests')
  if (canInstall()) installPackages(['chromium'])
  else run('npx', ['playwright-core', 'install', 'chromium'])
  return findChromium() ?? fail(hint)
}
