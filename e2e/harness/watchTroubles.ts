import type { Page } from 'playwright-core'

/** What went wrong in a page: errors on its console, and exceptions that nobody caught. The list grows with the page. */
export const watchTroubles = (page: Page): string[] => {
  const troubles: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => troubles.push(`uncaught: ${error.message}`))
  page.on('crash', () => troubles.push('the page crashed'))
  return troubles
}
