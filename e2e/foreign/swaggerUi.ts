import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Journey } from './journey.ts'

const description = readFileSync(new URL('petstore.json', import.meta.url), 'utf8')

const headers = { 'access-control-allow-origin': '*' }

/** What is inside of an operation comes a moment after it was opened. */
const shown = (page: Page, operation: string): Promise<void> => page.locator(`#operations-${operation}.is-open .responses-wrapper`).waitFor()

/** Opens or closes an operation, and waits until its address shows. */
const toggle = async (page: Page, operation: string): Promise<void> => {
  await page.locator(`#operations-${operation} .opblock-summary-control`).click()
  await shown(page, operation)
  await page.waitForURL(url => url.hash === `#/${operation.replace('-', '/')}`)
}

/** Swagger UI as npm ships it: React, same-document navigation by `pushState`, requests of its own. */
export const swaggerUi: Journey = {
  entry: '/',
  steps: [
    async page => page.locator('#operations-pets-listPets').waitFor(),
    page => toggle(page, 'pets-listPets'),
    async page => {
      await page.getByRole('button', { name: 'Try it out' }).click()
      await page.getByRole('button', { name: 'Execute' }).click()
      await page.locator('.responses-table.live-responses-table .response-col_status', { hasText: '200' }).waitFor()
    },
    page => toggle(page, 'pets-addPet'),
    page => toggle(page, 'store-getInventory'),
    async page => {
      await page.goBack()
      await page.waitForURL(/#\/pets\/addPet$/)
    },
    async page => {
      await page.reload()
      await shown(page, 'pets-addPet')
    },
  ],
  pages: ['/', '/#/pets/listPets', '/#/pets/addPet', '/#/store/getInventory', '/#/pets/addPet', '/#/pets/addPet'],
  snapshot: page =>
    page.evaluate(() => ({ hash: location.hash, length: history.length, title: document.title, text: document.getElementById('swagger-ui')?.innerText })),
  answer: async (route, url) => {
    // A badge of a validator that looks at the description.
    if (url.hostname === 'validator.swagger.io') return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
    const body = url.pathname.endsWith('swagger.json') ? description : JSON.stringify([{ id: 1, name: 'Rex' }])
    await route.fulfill({ status: 200, contentType: 'application/json', headers, body })
  },
}
