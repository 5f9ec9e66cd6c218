import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi, type Api } from '../harness/createApi.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

/** Asks for offers, shows them, and tells what becomes of them. */
const behaviour = (collector: string): string => `
  const base = '${collector}/api/v2/journey/deployments/shop'
  let session
  const tell = (actionId, actionState) => fetch(base + '/actionevent', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ sessionId: session.id, actionId, actionState }),
  })
  const show = async ({ id, contentOfferProperties: { title } }) => {
    const button = Object.assign(document.createElement('button'), { textContent: title })
    button.onclick = () => { button.remove(); tell(id, 'accepted') }
    document.body.append(button)
    await tell(id, 'offered')
  }
  document.getElementById('ask').onclick = () => sojourn('session', async now => {
    session = now
    const query = new URLSearchParams({ sessionId: now.id, dl: location.href })
    const answer = await (await fetch(base + '/customers/' + now.visitorId + '/ping?' + query)).json()
    document.getElementById('answered').textContent = answer.actions.length + ' offers'
    for (const action of answer.actions) await show(action)
  })`

let collector: Collector
let api: Api
let browser: Browser
let site: Website

beforeAll(async () => {
  collector = await startCollector({ config: { sites: [{ id: 'shop', origins: ['http://127.0.0.1:*'] }] } })
  api = createApi(collector)
  browser = await launchChromium()
  const body = `<h1>Lamps</h1><button id="ask">Ask</button><output id="answered"></output><script>${behaviour(collector.url)}</script>`
  site = await serveSite({ pages: { '/': `<!doctype html><html lang="en"><head><title>Lamps</title><link rel="icon" href="data:,">${scriptTag(collector.url, 'shop')}</head><body>${body}</body></html>` } })
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await collector?.stop()
})

test('an agent offers a visitor something; the page shows it once, and the agent sees on the timeline that it is accepted', async () => {
  const visitor = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(visitor)
  await visitor.goto(`${site.origin}/`)
  await sojourn.flush(visitor)
  const { id } = (await sojourn.session(visitor))!
  await until(() => api.sessions({ site: 'shop' }), ([found]) => found?.id === id)

  const agent = await (await browser.newContext()).newPage()
  await agent.goto(`${collector.url}/#/sessions/${id}`)
  await agent.getByLabel('API key').fill(collector.apiKey)
  await agent.getByRole('button', { name: 'Sign in' }).click()
  const offer = { mediaType: 'contentOffer', contentOfferProperties: { displayMode: 'Toast', layoutMode: 'TextOnly', title: 'Free delivery today' } }
  const headers = { authorization: `Bearer ${collector.apiKey}`, 'content-type': 'application/json' }
  expect((await fetch(`${collector.url}/v1/sessions/${id}/actions`, { method: 'POST', headers, body: JSON.stringify(offer) })).status).toBe(201)

  await visitor.getByRole('button', { name: 'Ask' }).click()
  await visitor.getByText('1 offers').waitFor()
  const timeline = agent.getByRole('region', { name: 'Timeline' })
  await timeline.getByText('Offer shown').waitFor()
  await visitor.getByRole('button', { name: 'Ask' }).click()
  await visitor.getByText('0 offers').waitFor()
  await visitor.getByRole('button', { name: 'Free delivery today' }).click()
  await timeline.getByText('Offer accepted').waitFor()
  expect((await api.get<{ entities: object[] }>(`/v1/sessions/${id}/actions`)).entities).toMatchObject([{ ...offer, state: 'accepted' }])
  expect(troubles).toEqual([])
})
