import { canInstall, fail, installPackages, run, say } from './run.mjs'

/** What a browser is called, which packages of Debian bring it, and how somebody who has none is helped. */
const browsers = {
  chromium: { title: 'Chromium', packages: ['chromium'], hint: 'or name one: CHROMIUM=/path/to/chromium npm test' },
  firefox: { title: 'Firefox', packages: ['firefox-esr'], hint: 'or name one: FIREFOX=/path/to/firefox npm run test:engines' },
  webkit: { title: 'WebKit', packages: ['webkit2gtk-driver', 'xvfb'], hint: 'or let Playwright do it: npx playwright-core install --with-deps webkit' },
}

/** Loaded late: these need playwright-core, which the set-up before may just have installed. */
const finders = {
  chromium: async () => (await import('./findChromium.mjs')).findChromium(),
  firefox: async () => (await import('./findFirefox.mjs')).findFirefox(),
  webkit: async () => (await import('./findWebKit.mjs')).findWebKit(),
}

/**
 * Makes sure that there are browsers to drive: those of the system, or where it has none and takes none, Playwright's own.
 *
 * @param {(keyof typeof browsers)[]} names
 */
export const ensureBrowsers = async names => {
  for (const name of names) {
    const { title, packages, hint } = browsers[name]
    if (await finders[name]()) continue
    say(`installing ${title} for the end-to-end tests`)
    if (canInstall()) installPackages(packages)
    if (await finders[name]()) continue
    run('npx', ['playwright-core', 'install', name])
    if (await finders[name]()) continue
    fail(`The end-to-end tests drive ${title}, and none was found or could be installed.
Install it (Debian: apt-get install ${packages.join(' ')}), ${hint}`)
  }
}
