import type { Browser, BrowserContext, Page } from 'playwright-core'
import { createWait } from './createWait.ts'
import type { Engine, EngineName, Profile, Tab } from './engine.ts'

export const toTab = (page: Page): Tab => {
  const evaluate = <R, A>(work: (argument: A) => R | Promise<R>, argument?: A): Promise<R> => page.evaluate(work as (argument: unknown) => R, argument)
  // Playwright's own needs eval, which a strict page forbids.
  const waitForFunction = createWait(evaluate)
  let cover: Page | undefined
  // Playwright's own way waits for a request, which a page from the back/forward cache does not make.
  const go = async (steps: number): Promise<void> => {
    await evaluate(way => {
      const page = globalThis as { isLeft?: boolean }
      page.isLeft = true
      // It may come back itself, as it was.
      addEventListener('pageshow', () => (page.isLeft = false), { once: true })
      history.go(way)
    }, steps)
    await waitForFunction(() => !(globalThis as { isLeft?: boolean }).isLeft)
  }
  return {
    goto: url => page.goto(url),
    evaluate,
    waitForFunction,
    click: (selector, button = 'left') => page.click(selector, { button }),
    pressEnter: () => page.keyboard.press('Enter'),
    back: () => go(-1),
    forward: () => go(1),
    hide: async () => {
      // What the page opens itself is in its own window, where Playwright's new pages need not be.
      const [opened] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open('about:blank'))])
      cover = opened
      await waitForFunction(() => document.hidden)
    },
    show: async () => {
      await cover?.close()
      await waitForFunction(() => !document.hidden)
    },
    close: async () => {
      const gone = page.waitForEvent('close')
      await page.close({ runBeforeUnload: true })
      await gone
    },
  }
}

export const toProfile = (context: BrowserContext, toOwnTab: (page: Page) => Tab = toTab): Profile => ({
  newTab: async () => toOwnTab(await context.newPage()),
  setOffline: isOffline => context.setOffline(isOffline),
  close: () => context.close(),
})

/** A browser that Playwright drives. */
export const createPlaywrightEngine = (name: EngineName, browser: Browser): Engine => {
  const newProfile = async (): Promise<Profile> => toProfile(await browser.newContext())
  return { name, version: browser.version(), newProfile, newWindows: newProfile, stop: () => browser.close() }
}
