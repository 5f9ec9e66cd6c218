import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * The Chromium that tests drive: the one the environment names (`CHROMIUM`), one of the system, or Playwright's own.
 *
 * @returns {string | undefined} undefined when there is none
 */
export const findChromium = () => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
  const installed = folders.flatMap(folder => names.map(name => join(folder, name)))
  return [process.env.CHROMIUM, ...installed, chromium.executablePath()].find(path => path && existsSync(path))
}
