import { until } from '../until.ts'
import type { Command } from './createPipe.ts'

/** Presses the button of Chromium's own page that throws a tab away as a lack of memory would, once that page lists it. */
const press = (url: string): string => `(() => {
  const inside = root => [...root.querySelectorAll('*')].flatMap(element => [element, ...(element.shadowRoot ? inside(element.shadowRoot) : [])])
  const row = inside(document).find(element => element.matches('tr') && element.textContent.includes('${url}'))
  const button = row && [...row.querySelectorAll('[is=action-link]')].find(link => link.textContent.includes('Urgent Discard'))
  button?.click()
  return row?.textContent.includes('discarded (urgent)')
})()`

/**
 * Has Chromium throw a tab away that is hidden and that nobody drives.
 *
 * @param url address of its page
 */
export const discardTab = async (command: Command, url: string): Promise<void> => {
  const { targetId } = await command('Target.createTarget', { url: 'chrome://discards/' })
  const { sessionId } = (await command('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }
  const evaluate = async (): Promise<unknown> => {
    const { result } = (await command('Runtime.evaluate', { expression: press(url), returnByValue: true }, sessionId)) as { result?: { value?: unknown } }
    return result?.value
  }
  await until(evaluate, isDiscarded => isDiscarded === true)
  await command('Target.closeTarget', { targetId })
}
