import type { BrowserContext, Page, Route } from 'playwright-core'
import { watchTroubles } from '../harness/watchTroubles.ts'

/** One thing that a visitor does, and the sign that the site has done its part. */
export type Step = (page: Page) => Promise<void>

/** A visit of a site that somebody else wrote. */
export interface Journey {
  /** Address that is opened first, after the origin. */
  entry: string
  steps: Step[]
  /**
   * The pages that the visitor comes to see, after the origin. What a router passes through within one task is none of them:
   * nobody sees it.
   */
  pages: string[]
  /** What the site shows, in words that can be compared. */
  snapshot(page: Page): Promise<unknown>
  /** Answers what the site asks of the rest of the world, which tests do not reach. */
  answer(route: Route, url: URL): Promise<void>
}

/** What can be observed of a visit. */
export interface Course {
  /** Addresses of the page, one after the other, whether a document was loaded or not. */
  navigations: string[]
  snapshots: unknown[]
  /** What the site asked for; left out are the collector, and icons, which the browser asks for when it likes. */
  requests: string[]
  troubles: string[]
}

/**
 * Walks through a journey in a fresh profile. The observer is Chromium itself: it reports a navigation within the document
 * whoever caused it.
 *
 * @param done is called with the page at the end of the journey
 */
export const walk = async (
  { context, origin, collector }: { context: BrowserContext; origin: string; collector: string },
  { entry, steps, snapshot, answer }: Journey,
  done: (page: Page) => Promise<void> = async () => {},
): Promise<Course> => {
  const isOwn = (url: string): boolean => url.startsWith(origin) || url.startsWith('blob:') || url.startsWith('data:')
  const navigations: string[] = []
  const snapshots: unknown[] = []
  const requests: string[] = []
  await context.route(
    url => !isOwn(url.href) && url.origin !== collector,
    route => answer(route, new URL(route.request().url())),
  )
  const page = await context.newPage()
  const troubles = watchTroubles(page)
  page.on('framenavigated', frame => {
    if (frame === page.mainFrame() && frame.url() !== navigations.at(-1)) navigations.push(frame.url())
  })
  page.on('request', request => {
    if (!request.url().startsWith(collector) && !request.url().includes('favicon')) requests.push(`${request.method()} ${request.url().replace(origin, '')}`)
  })
  await page.goto(origin + entry)
  for (const step of steps) {
    await step(page)
    // A visitor sees a page before they leave it, also where the machine has so much to do that clicks overtake what the page has put off: a frame
    // is shown, and timers run in the order in which they were set.
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve))))
    snapshots.push(await snapshot(page))
  }
  await done(page)
  return { navigations: navigations.map(url => url.replace(origin, '')), snapshots, requests: requests.sort(), troubles }
}
