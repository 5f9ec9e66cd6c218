import { chromium } from 'playwright-core'
import { findFile, programPaths } from './findFile.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * The Chromium that tests drive: the one the environment names (`CHROMIUM`), one of the system, or Playwright's own.
 *
 * @returns {string | undefined} undefined when there is none
 */
export const findChromium = () => findFile([process.env.CHROMIUM, ...programPaths(names), chromium.executablePath()])
