import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walk, type Course, type Journey } from './foreign/journey.ts'
import { revealJs } from './foreign/revealJs.ts'
import { swaggerUi } from './foreign/swaggerUi.ts'
import { createApi, type Api } from './harness/createApi.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { scriptTag } from './harness/scriptTag.ts'
import { serveSite } from './harness/serveSite.ts'
import { sojourn } from './harness/sojourn.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'
import { until } from './harness/until.ts'

let collector: Collector
let api: Api
let browser: Browser

beforeAll(async () => {
  collector = await startCollector()
  api = createApi(collector)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
})

/** Visits a site with or without our tag; nothing else differs. @returns also the session that the tracker had at the end */
const visit = async (name: string, journey: Journey, head = ''): Promise<{ course: Course; session?: string; loads: number }> => {
  const folder = dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)))
  const site = await serveSite({ folder, head })
  const context = await browser.newContext()
  let session: string | undefined
  let loads = 0
  context.on('request', request => (loads += Number(request.isNavigationRequest() && request.url().startsWith(site.origin))))
  const course = await walk({ context, origin: site.origin, collector: collector.url }, journey, async page => {
    if (!head) return
    await sojourn.flush(page)
    session = (await sojourn.session(page))?.id
  })
  await context.close()
  await site.stop()
  return { course, loads, ...(session && { session }) }
}

/** Addresses of the pageviews, once there are as many: what is acknowledged is read a moment later. */
const pageviews = async (session: string, count: number): Promise<string[]> => {
  const events = await until(() => api.events(session), found => found.filter(({ type }) => type === 'pageview').length >= count)
  return events.flatMap(({ type, page }) => (type === 'pageview' ? [page!.url.replace(/^http:\/\/127\.0\.0\.1:\d+/, '')] : []))
}

describe.each([
  ['swagger-ui-dist', swaggerUi],
  ['reveal.js', revealJs],
] as const)('%s with our script tag', (name, journey) => {
  let before: Course

  beforeAll(async () => {
    before = (await visit(name, journey)).course
  })

  test('works as it did before, and each navigation is one pageview', async () => {
    const { course, session, loads } = await visit(name, journey, scriptTag(collector.url, 'demo', { 'data-keep-fragment': 'true' }))
    expect(course).toEqual(before)
    expect(course.troubles).toEqual([])
    expect(loads).toBe(2)
    expect(await pageviews(session!, journey.pages.length)).toEqual(journey.pages)
    expect(await api.session(session!)).toMatchObject({ pageviewCount: journey.pages.length, delivery: { missing: 0 } })
  })

  test('counts documents alone where fragments are not pages', async () => {
    const { course, session, loads } = await visit(name, journey, scriptTag(collector.url, 'demo'))
    expect(course).toEqual(before)
    expect(await pageviews(session!, loads)).toEqual(Array.from({ length: loads }, () => journey.entry))
  })
})
