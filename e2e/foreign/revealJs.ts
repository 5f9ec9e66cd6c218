import type { Page } from 'playwright-core'
import type { Journey } from './journey.ts'

const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100"/></svg>'

/** Does something, and waits until the slide's address shows. */
const to = async (page: Page, hash: string, act: () => Promise<void>): Promise<void> => {
  await act()
  await page.waitForURL(url => url.hash === hash)
}

/** The demo of reveal.js as npm ships it: slides whose addresses are set by a delayed `replaceState`, keys, overlays. */
export const revealJs: Journey = {
  entry: '/demo.html',
  steps: [
    async page => page.locator('.reveal.ready section.present').first().waitFor(),
    page => to(page, '#/1', () => page.keyboard.press('ArrowRight')),
    async page => {
      await page.locator('section.present img[data-preview-image]').first().click()
      // reveal.js itself throws where the overlay is closed before its picture has loaded.
      await page.locator('.r-overlay-preview[data-state="loaded"]').waitFor()
      await page.keyboard.press('Escape')
      await page.locator('.r-overlay-preview').waitFor({ state: 'detached' })
    },
    page => to(page, '#/2', () => page.locator('.controls .navigate-right').click()),
    page => to(page, '#/3', () => page.keyboard.press('ArrowRight')),
    page => to(page, '#/3/1', () => page.keyboard.press('ArrowDown')),
    async page => {
      await page.keyboard.press('o')
      await page.locator('.reveal.overview').waitFor()
      await page.keyboard.press('o')
      await page.locator('.reveal:not(.overview)').waitFor()
    },
    page => to(page, '#/4', () => page.keyboard.press('ArrowRight')),
    async page => {
      await page.reload()
      await page.locator('.reveal.ready section.present').first().waitFor()
    },
  ],
  pages: ['/demo.html', '/demo.html#/1', '/demo.html#/2', '/demo.html#/3', '/demo.html#/3/1', '/demo.html#/4', '/demo.html#/4'],
  snapshot: page =>
    page.evaluate(() => ({
      hash: location.hash,
      length: history.length,
      title: document.title,
      slide: document.querySelector<HTMLElement>('.slides > .present:not(.stack), .slides > .present > .present')?.innerText,
    })),
  answer: async route => {
    const isPage = route.request().resourceType() === 'document'
    await route.fulfill({ status: 200, contentType: isPage ? 'text/html' : 'image/svg+xml', body: isPage ? '' : picture })
  },
}
