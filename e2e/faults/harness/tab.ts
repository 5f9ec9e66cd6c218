import type { BrowserContext, Page } from 'playwright-core'
import type { Gate } from './createGate.ts'

/** Tracks events in a page, each with its marker, within one task. */
export const trackAll = (page: Page, markers: readonly string[]): Promise<void> =>
  page.evaluate(list => list.forEach(marker => globalThis.sojourn!('track', 'marked', { marker })), markers)

/** Resolves when the page's tracker runs. */
export const started = (page: Page): Promise<unknown> => page.waitForFunction(() => (globalThis.sojourn as { started?: boolean } | undefined)?.started)

/** Resolves when the page has tried to send everything that waits. */
export const flush = (page: Page): Promise<unknown> => page.evaluate(() => globalThis.sojourn!('flush'))

/** Opens a tracked page in a new tab. */
export const openTab = async (context: BrowserContext, gate: Gate): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(gate.origin)
  await started(page)
  return page
}

/** A later visit in the same profile, long enough to send what the one before has left. */
export const visitAgain = async (context: BrowserContext, gate: Gate): Promise<void> => {
  await flush(await openTab(context, gate))
}

/** Chromium ended a page while its handlers still ran: half a second after it was to be closed, whatever had kept it or the machine. */
export class CutShortError extends Error {
  override name = 'CutShortError'
}

/**
 * Closes a tab as a visitor does, with everything that the page does then; resolves when it is gone.
 *
 * @throws CutShortError when not all of that was done
 */
export const close = async (page: Page): Promise<void> => {
  let hasLeft = false
  await page.exposeBinding('left', () => (hasLeft = true))
  // Behind every listener that the page has.
  await page.evaluate(() => addEventListener('pagehide', () => (globalThis as { left?(): void }).left!()))
  const gone = page.waitForEvent('close')
  await page.close({ runBeforeUnload: true })
  await gone
  if (!hasLeft) throw new CutShortError('the page was ended before it had left')
}

/** Ends the process of a tab, as a crash or the system's lack of memory does; resolves when it is gone. */
export const crash = async (page: Page): Promise<void> => {
  const gone = page.waitForEvent('crash')
  // The navigation never ends: its page is gone.
  const navigation = page.goto('chrome://crash').catch(() => page)
  await gone
  await navigation
}
