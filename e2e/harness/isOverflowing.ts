import type { Page } from 'playwright-core'

/** True where a page is to be scrolled sideways. Not by the window's own width: that of a phone grows with what it has to show. */
export const isOverflowing = async (page: Page): Promise<boolean> =>
  (await page.evaluate(() => document.documentElement.scrollWidth)) > page.viewportSize()!.width
