import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { webkit } from 'playwright-core'
import { findFile, programPaths } from './findFile.mjs'

/**
 * @typedef {object} FoundWebKit
 * @property {string} browser
 * @property {{ driver: string, screen: string }} [gtk] of WebKitGTK: its WebDriver, and the X server that shows nothing; absent for
 *   Playwright's own build
 */

/** The browser that WebKitGTK brings for tests; each system keeps it elsewhere. */
const findMiniBrowser = () => {
  const folders = ['/usr/lib', '/usr/lib64', '/usr/libexec'].filter(folder => statSync(folder, { throwIfNoEntry: false })?.isDirectory())
  const nested = folders.flatMap(folder => [folder, ...readdirSync(folder).filter(name => name.includes('-linux-')).map(name => join(folder, name))])
  return findFile(['4.1', '4.0', '6.0'].flatMap(api => nested.map(folder => join(folder, `webkit2gtk-${api}`, 'MiniBrowser'))))
}

/**
 * The WebKit that tests drive: WebKitGTK of the system with its WebDriver, or Playwright's own.
 *
 * @returns {FoundWebKit | undefined} undefined when there is none
 */
export const findWebKit = () => {
  const driver = findFile(programPaths(['WebKitWebDriver']))
  const screen = findFile(programPaths(['Xvfb']))
  const browser = findMiniBrowser()
  if (driver && screen && browser) return { browser, gtk: { driver, screen } }
  const own = findFile([webkit.executablePath()])
  return own ? { browser: own } : undefined
}
