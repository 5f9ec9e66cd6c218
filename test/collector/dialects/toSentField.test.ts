import { expect, onTestFinished, test } from 'vitest'
import { idOf, start } from '../batches.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'

const long = 'x'.repeat(10_000)
const page = { url: 'https://shop.example.com/', title: 'Shop' }
const device = { category: 'mobile', type: 'Phone', osFamily: 'iOS', osVersion: '26' }
const app = { name: 'Shop', namespace: 'com.example.shop', version: '1', buildNumber: '1' }
const text = (value: string) => ({ dataType: 'string', value })

const web = { eventName: 'page_viewed', page }
const own = { eventName: 'screen_viewed', screenName: 'Home', app, device }

test.each([
  ['webevents', { ...web, page: { ...page, title: long } }, 'page.title: '],
  ['webevents', { ...web, searchQuery: long }, 'searchQuery: '],
  ['webevents', { ...web, referrerUrl: long }, 'referrerUrl: '],
  ['webevents', { ...web, userAgentString: long }, 'userAgentString: '],
  ['webevents', { ...web, externalId: long }, 'externalId: '],
  ['webevents', { ...web, traits: { email: text(long) } }, 'traits.email.value: '],
  ['webevents', { ...web, browser: { family: 'Chrome', version: '150', lang: long } }, 'browser.lang: '],
  ['webevents', { ...web, browser: { family: long, version: '150' } }, 'browser.family: '],
  ['webevents', { ...web, device: { ...device, screenWidth: 1_000_000, screenHeight: 900 } }, 'device.screenWidth: '],
  ['webevents', { ...web, attributes: { colour: text(long) } }, 'attributes.colour: '],
  ['appevents', { ...own, screenName: long }, 'screenName: '],
  ['appevents', { ...own, app: { ...app, version: long } }, 'app.version: '],
  ['appevents', { ...own, sdkLibrary: { name: long, version: '1' } }, 'sdkLibrary.name: '],
])('what is refused of %s is named as its sender knows it (%#)', async (part, fields, beginning) => {
  const { app: server, setNow } = createMemoryCollector()
  onTestFinished(() => server.close())
  setNow(start)
  const payload = { ...fields, customerCookieId: idOf(900), createdDate: new Date(start).toISOString() }
  const response = await server.inject({ method: 'POST', url: `/api/v2/journey/deployments/shop/${part}`, payload })
  expect(response.statusCode).toBe(400)
  expect(response.json<{ message: string }>().message.slice(0, beginning.length)).toBe(beginning)
})
