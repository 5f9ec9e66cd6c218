import { expect, vi } from 'vitest'
import { seconds } from '../collector/identity/tokens.ts'
import type { Stage } from './openStage.ts'
import { sendPage, trackPage } from './sendPage.ts'

const userAgent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

const landing = 'https://shop.example.com/lamps/desk?utm_source=newsletter&utm_medium=email&utm_campaign=spring&utm_term=lamp&utm_content=top&gclid=G-1#offers'

interface Session {
  id: string
  customerId: string
  endedDate?: string
}

interface Listing {
  entities: { id: string }[]
  nextUri?: string
}

/** Pages of a list of events, to its end and back. */
const seePages = async (stage: Stage, path: string): Promise<void> => {
  let last: string | undefined = path
  for (let uri: string | undefined = path; uri !== undefined; ) {
    last = uri
    uri = (await stage.see<Listing>('events', 'EventListing', ['GET', uri])).nextUri
  }
  expect(last).not.toBe(path)
}

const seeVisit = async (stage: Stage, id: string): Promise<void> => {
  const session = await stage.see<Session>('session', 'Session', ['GET', `/api/v2/journey/sessions/${id}`])
  expect(session).toMatchObject({ id, customerId: 'c-1', authenticated: true })
  await seePages(stage, `/api/v2/journey/sessions/${id}/events?pageSize=3`)
}

/** A visitor comes from a search by a campaign, looks around, signs in, buys, and leaves. */
export const tellVisit = async (stage: Stage): Promise<void> => {
  const token = await stage.signer.sign({ exp: seconds(Date.now()) + 600 })
  const batches = await trackPage({
    url: landing,
    referrer: 'https://www.bing.com/search?q=desk+lamps',
    userAgent,
    act: async (tracker, tab, run) => {
      tab.title('Desk lamps')
      tab.keywords('lamp, desk')
      await run(1000)
      tracker.identify('c-1', { type: 'crm', traits: { email: 'a@example.com' }, token })
      tab.push('/search?q=red+lamp#list')
      await run(5000)
      tracker.pageview({ url: 'https://shop.example.com/lamps/red?q=red#top', title: 'Red lamp', breadcrumb: ['Lamps', 'Red'] }, { shelf: 4 })
      tracker.screenview('Basket')
      tracker.track('order_completed', { total: 49.9, skus: ['a', 'b'], gift: true })
      await run(5000)
      tracker.pageview({ url: 'https://shop.example.com/thanks?q=red#top', title: 'Thank you', breadcrumb: ['Lamps', 'Red'] })
      await run(5000)
      tracker.reset()
    },
  })
  const id = await sendPage(stage, batches.slice(0, -1))
  const contact = '/api/v2/externalcontacts/contacts/c-1/journey'
  await stage.see('segments', 'SegmentAssignmentListing', ['GET', `${contact}/segments`])
  await seeVisit(stage, id)
  // The site's server adds something, of the same browser and in the same visit.
  const paid = { customerCookieId: batches[0]!.visitor.id, eventName: 'paid', page: { url: 'https://shop.example.com/pay', title: 'Pay' }, createdDate: new Date().toISOString() }
  expect(await stage.see('events', 'WebEventResponse', ['POST', '/api/v2/journey/deployments/shop/webevents', paid])).toMatchObject({ session: { id }, authenticated: true })
  await sendPage(stage, batches.slice(-1))
  await vi.waitFor(async () => expect((await stage.ask<Session>(['GET', `/v1/sessions/${id}`])).body.endedDate).toBeDefined(), { timeout: 15_000 })
  await seeVisit(stage, id)
  const { entities } = (await stage.ask<Listing>(['GET', `${contact}/sessions`])).body
  for (const entity of entities) expect(stage.coverage.session.see(entity)).toEqual([])
}
