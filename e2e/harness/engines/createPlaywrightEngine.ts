import type { Browser, Page } from 'playwright-core'
import type { Engine, EngineName, Tab } from './engine.ts'
import { createWait } from './createWait.ts'

const toTab = (page: Page): Tab => {
  const evaluate = <R, A>(work: (argument: A) => R | Promise<R>, argument?: A): Promise<R> => page.evaluate(work as (argument: unknown) => R, argument)
  // Playwright's own needs eval, which a strict page forbids.
  const waitForFunction = createWait(evaluate)
  return {
    goto: url => page.goto(url),
    evaluate,
    waitForFunction,
    click: selector => page.click(selector),
    // Playwright's own way waits for a request, which a page from the back/forward cache does not make.
    back: async () => {
      await page.evaluate(() => {
        const left = globalThis as { hasLeft?: boolean }
        left.hasLeft = true
        history.back()
      })
      await waitForFunction(() => !(globalThis as { hasLeft?: boolean }).hasLeft)
    },
    close: async () => {
      const gone = page.waitForEvent('close')
      await page.close({ runBeforeUnload: true })
      await gone
    },
  }
}

/** A browser that Playwright drives. */
export const createPlaywrightEngine = (name: EngineName, browser: Browser): Engine => ({
  name,
  version: browser.version(),
  newProfile: async () => {
    const context = await browser.newContext()
    return {
      newTab: async () => toTab(await context.newPage()),
      setOffline: isOffline => context.setOffline(isOffline),
      close: () => context.close(),
    }
  },
  stop: () => browser.close(),
})
