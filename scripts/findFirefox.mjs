import { firefox } from 'playwright-core'
import { findFile, programPaths } from './findFile.mjs'

/**
 * @typedef {object} FoundFirefox
 * @property {string} path
 * @property {boolean} isPatched Playwright's own build, which it drives in its own way; any other one through WebDriver BiDi
 */

/**
 * The Firefox that tests drive: the one the environment names (`FIREFOX`), one of the system, or Playwright's own.
 *
 * @returns {FoundFirefox | undefined} undefined when there is none
 */
export const findFirefox = () => {
  const own = firefox.executablePath()
  const path = findFile([process.env.FIREFOX, ...programPaths(['firefox-esr', 'firefox']), own])
  return path ? { path, isPatched: path === own } : undefined
}
