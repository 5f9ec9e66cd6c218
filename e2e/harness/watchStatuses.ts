import type { Page } from 'playwright-core'

declare global {
  /** Statuses that a row of the live page has shown, one after the other. */
  var statusesSeen: string[] | undefined
}

/** Follows the status that the live page shows of a visitor, without a gap. @param visitor text of its row */
export const watchStatuses = async (page: Page, visitor: string): Promise<() => Promise<string[]>> => {
  await page.getByRole('row').filter({ hasText: visitor }).waitFor()
  await page.evaluate(text => {
    const seen: string[] = (globalThis.statusesSeen = [])
    const look = (): void => {
      const row = [...document.querySelectorAll('tr')].find(({ innerText }) => innerText.includes(text))
      const status = /\b(Active|Idle|Away|Ended)\b/.exec(row?.innerText ?? '')?.[1]
      if (status && status !== seen.at(-1)) seen.push(status)
    }
    look()
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, visitor)
  return () => page.evaluate(() => globalThis.statusesSeen ?? [])
}
