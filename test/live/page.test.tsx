// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest'
import { apiKey, openLivePage, type LivePage } from './openLivePage.tsx'
import type { Conversation } from '../../src/live/conversation.ts'
import type { TimelineEvent } from '../../src/live/liveSession.ts'
import { noon, samplePage, sampleSession, toIso } from './sampleSession.ts'

let page: LivePage | undefined

afterEach(() => {
  page?.close()
  page = undefined
})

const open = (keptKey = apiKey, instant = noon): LivePage => (page = openLivePage(instant, keptKey))

const openSignedIn = async (): Promise<LivePage> => {
  const opened = open()
  await opened.until(() => expect(opened.text()).toContain('On the site now'))
  await opened.until(() => expect(opened.find('.connection').textContent).toContain('Live'))
  return opened
}

const kim = sampleSession({ id: 'kim', shortId: '4711', lastPage: samplePage('/cart', 'Your cart'), mktCampaign: { name: 'spring' } })

const event = (id: string, fields: Partial<TimelineEvent>): TimelineEvent =>
  ({ type: 'pageview', id, at: noon, session: 'kim', seq: 0, tab: 't', ...fields }) as TimelineEvent

describe('the sign-in', () => {
  test('refuses a wrong key in words, forgets it, and takes the right one', async () => {
    const { until, text, type, submit } = open('')
    expect(text()).toContain('See who is on your site now.')
    type('#api-key', 'wrong')
    submit('form')
    await until(() => expect(text()).toContain('does not accept this API key'))
    expect(sessionStorage.length).toBe(0)
    type('#api-key', ` ${apiKey} `)
    submit('form')
    await until(() => expect(text()).toContain('On the site now'))
  })

  test('says so when there is no answer', async () => {
    const { collector, until, text, type, submit } = open('')
    collector.breakOff(true)
    type('#api-key', apiKey)
    submit('form')
    await until(() => expect(text()).toContain('cannot be reached'))
  })

  test('is not asked for again while the key is kept', async () => {
    const { until, text, click } = await openSignedIn()
    click('Sign out')
    await until(() => expect(text()).toContain('Sign in'))
    expect(sessionStorage.length).toBe(0)
  })
})

describe('the list', () => {
  test('helps with the first visitor when there is none, and gives way to them', async () => {
    const { collector, until, text, find } = await openSignedIn()
    await until(() => expect(find('.snippet code').textContent).toBe('<script async src="https://collect.example.com/sojourn.js" data-site="demo"></script>'))
    collector.put(kim)
    await until(() => expect(text()).toContain('Your cart'))
    expect(text()).not.toContain('Nobody is on the site')
  })

  test('shows a visitor active, idle and away by the clock alone', async () => {
    const { collector, until, find, showAt } = await openSignedIn()
    collector.put(kim)
    const states = [[noon + 1000, 'Active'], [noon + 61_000, 'Idle1 s'], [noon + 302_000, 'Away2 s']] as const
    for (const [instant, words] of states) {
      showAt(instant)
      await until(() => expect(find('.row .status').textContent).toBe(words))
    }
  })

  test('drops who timed out with the next snapshot', async () => {
    const { collector, clock, until, text } = await openSignedIn()
    collector.put(kim)
    await until(() => expect(text()).toContain('Your cart'))
    collector.timeOut('kim')
    clock.pass(60_000)
    await until(() => expect(text()).not.toContain('Your cart'))
  })

  test('narrows to a status by its count', async () => {
    const { collector, until, text, click } = await openSignedIn()
    collector.put(kim)
    collector.put(sampleSession({ id: 'pat', lastPage: samplePage('/', 'Home'), idleDate: toIso(-5) }))
    await until(() => expect(text()).toContain('2 visitors'))
    click('Idle')
    await until(() => expect(text()).toContain('1 of 2 visitors'))
    expect(text()).not.toContain('Your cart')
  })
})

describe('calls and chats', () => {
  test('that go on are listed with the visitors, lead to their visit, and are narrowed with them', async () => {
    const { collector, until, text, find, type } = await openSignedIn()
    const call: Conversation = { id: 'call', status: 'active', createdDate: toIso(0), sessions: ['kim'], conversationChannels: [{ type: 'Voice' }], conversationSubject: 'Parcel', model: { name: 'sojourn' } }
    collector.put(kim)
    collector.talk(call)
    await until(() => expect(find('.row-conversation').textContent).toContain('Voice: Parcel'))
    expect(find('.row-conversation a').getAttribute('href')).toBe('#/sessions/kim')
    type('#filter-text', 'chat')
    await until(() => expect(text()).toContain('No call or chat matches'))
    type('#filter-text', 'parcel')
    await until(() => expect(find('.row-conversation').textContent).toContain('Voice: Parcel'))
    collector.talk({ ...call, status: 'ended' })
    await until(() => expect(text()).not.toContain('Voice: Parcel'))
  })
})

describe('a broken connection', () => {
  test('is told, tried again, and made up for', async () => {
    const { collector, clock, until, text, find } = await openSignedIn()
    collector.breakOff(true)
    await until(() => expect(find('.connection').textContent).toContain('Connection lost'))
    collector.put(kim)
    collector.breakOff(false)
    clock.pass(1000)
    await until(() => expect(find('.connection').textContent).toContain('Live'))
    await until(() => expect(text()).toContain('Your cart'))
  })
})

describe('a visitor', () => {
  test('is found by the digits they read out, however they are typed', async () => {
    const { collector, until, text, type, submit } = await openSignedIn()
    collector.put(kim, [event('1', { page: { url: 'https://shop.example.com/cart', title: 'Your cart' } })])
    type('#find', '47 11')
    submit('.find')
    await until(() => expect(text()).toContain('Timeline'))
    expect(document.title).toBe('Visitor 4711 · Sojourn')
  })

  test.each([
    ['9999', 'Nobody on the site has the short id 9999 now.'],
    ['12', 'A short id has 4 to 6 digits.'],
  ])('who is sought by %s is not found, in words', async (digits, words) => {
    const { until, text, type, submit } = await openSignedIn()
    type('#find', digits)
    submit('.find')
    await until(() => expect(text()).toContain(words))
  })

  test('has a timeline, the newest first, that grows while it is read', async () => {
    const { collector, until, find, go } = await openSignedIn()
    const events = [event('1', { page: { url: 'https://shop.example.com/', title: 'Home' } }), event('2', { at: noon + 5000, type: 'custom', eventName: 'cart_add', attributes: { sku: 'A1' } })]
    collector.put(kim, events)
    go('#/sessions/kim')
    const titles = (): string[] => [...find('.events').querySelectorAll('.event-title')].map(title => title.textContent)
    await until(() => expect(titles()).toEqual(['cart_add', 'spring', 'Home']))
    collector.put(kim, [...events, event('3', { at: noon + 9000, type: 'end', reason: 'reset' })])
    await until(() => expect(titles()).toEqual(['Ended by the site', 'cart_add', 'spring', 'Home']))
  })

  test('has the calls and chats that grew from the session on the same timeline, as they come', async () => {
    const { collector, until, find, go } = await openSignedIn()
    const events = [event('1', { page: { url: 'https://shop.example.com/', title: 'Home' } }), event('2', { at: noon + 9000, type: 'end', reason: 'reset' })]
    const call: Conversation = {
      id: 'call-1',
      status: 'active',
      createdDate: toIso(5),
      originatingDirection: 'Inbound',
      conversationChannels: [{ type: 'Voice' }],
      conversationSubject: 'Where is it?',
      model: { name: 'vapi' },
    }
    collector.put(kim, events)
    go('#/sessions/kim')
    const titles = (): string[] => [...find('.events').querySelectorAll('.event-title')].map(title => title.textContent)
    await until(() => expect(titles()).toEqual(['Ended by the site', 'spring', 'Home']))
    collector.put(kim, events, [call])
    await until(() => expect(titles()).toEqual(['Ended by the site', 'Voice: Where is it?', 'spring', 'Home']))
    const details = (): string | null => find('.event-conversation .event-details').textContent
    expect(details()).toBe('DirectionInboundStatusGoes onTold byvapi')
    const over = { endedDate: toIso(65), durationInSeconds: 60, lastConnectedUser: { id: 'agent-7' }, lastUserDisposition: { code: 'solved', notes: 'Found' } }
    collector.put(kim, events, [{ ...call, ...over, status: 'ended' }])
    await until(() => expect(details()).toContain('StatusOver'))
    expect(details()).toContain('Agentagent-7')
    expect(details()).toContain('Wrap-upsolved: Found')
  })

  test('who is not known is told in words', async () => {
    const { until, text, go } = await openSignedIn()
    go('#/sessions/nobody')
    await until(() => expect(text()).toContain('The collector does not know this.'))
  })
})

describe('the ended sessions', () => {
  test('are listed apart, and say how long ago', async () => {
    const { collector, until, text, find, go } = await openSignedIn()
    collector.put(sampleSession({ id: 'past', shortId: '0815', endedDate: toIso(-7200) }))
    go('#/ended')
    await until(() => expect(find('.row').textContent).toContain('Ended2 h ago'))
    expect(text()).not.toContain('Nobody is on the site')
  })
})

describe('hostile session data', () => {
  const attack = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>'

  test('is text wherever it shows', async () => {
    const { collector, until, text, find, go } = await openSignedIn()
    const hostilePage = { ...samplePage('/', attack), url: `javascript:globalThis.hacked=1//${attack}`, keywords: attack }
    const hostile = sampleSession({
      id: 'evil',
      customerId: attack,
      customerIdType: attack,
      lastPage: hostilePage,
      entryPage: hostilePage,
      mktCampaign: { name: attack },
      externalUrl: 'data:text/html,x',
      attributes: { [attack]: { dataType: 'string', value: attack } },
      geolocation: { country: attack },
    })
    collector.put(hostile, [event('1', { page: { url: hostilePage.url, title: attack } }), event('2', { type: 'custom', eventName: attack, attributes: { [attack]: [attack] } })], [
      { id: attack, status: 'active', createdDate: attack, conversationChannels: [{ type: attack }], conversationSubject: attack, model: { name: attack } },
    ])
    await until(() => expect(find('.row').textContent).toContain(attack))
    go('#/sessions/evil')
    await until(() => expect(find('.events').textContent).toContain(attack))
    expect(text()).toContain('javascript:globalThis.hacked=1')
    const links = [...document.querySelectorAll('a')].map(link => link.getAttribute('href') ?? '')
    expect(links.filter(href => !/^(#|\/demo\/$)/.test(href))).toEqual([])
    expect(document.querySelectorAll('img, script, iframe')).toHaveLength(0)
    expect(globalThis).not.toHaveProperty('hacked')
  })
})
