import { expect, test } from 'vitest'
import { noCampaigns, reduceCampaigns, type CampaignAction, type Campaigns, type ListedCampaign } from '../../../src/live/campaigns/campaigns.ts'

const campaign = (name: string, sessions = 1): ListedCampaign => ({ site: 'shop', name, source: '', medium: '', sessions, pageviews: 1, outcomes: 0, days: [] })

const run = (...actions: CampaignAction[]): Campaigns => actions.reduce(reduceCampaigns, noCampaigns)

test('a page of campaigns is shown, and the next one behind it, each campaign once', () => {
  const state = run(
    { type: 'campaignsLoading' },
    { type: 'campaignsLoaded', page: { entities: [campaign('a'), campaign('b')], nextUri: '/next' }, isNext: false },
    { type: 'campaignsLoaded', page: { entities: [campaign('b'), campaign('c')] }, isNext: true },
  )
  expect([state.phase, state.list.map(({ name }) => name), state.nextUri]).toEqual(['ready', ['a', 'b', 'c'], undefined])
})

test('a newer list takes the place of an older one, and of its failure', () => {
  const first: CampaignAction = { type: 'campaignsLoaded', page: { entities: [campaign('a')] }, isNext: false }
  const failed = run(first, { type: 'campaignsFailed', message: 'no answer' })
  expect(failed).toMatchObject({ phase: 'failed', message: 'no answer', list: [{ name: 'a' }] })
  const state = reduceCampaigns(failed, { type: 'campaignsLoaded', page: { entities: [campaign('a', 2)] }, isNext: false })
  expect(state.list).toEqual([campaign('a', 2)])
  expect(state).not.toHaveProperty('message')
})

test('another choice forgets the list, not the sites', () => {
  const state = run(
    { type: 'sitesLoaded', sites: [{ id: 'shop', origins: [] }] },
    { type: 'campaignsLoaded', page: { entities: [campaign('a')] }, isNext: false },
    { type: 'campaignChoiceChanged', choice: { days: 7 } },
  )
  expect(state).toMatchObject({ choice: { site: '', days: 7 }, list: [], sites: [{ id: 'shop' }] })
})

test('what is said of one link says nothing of the other', () => {
  const state = run({ type: 'linkChecked', place: 'built', check: { phase: 'checking' } }, { type: 'linkChecked', place: 'pasted', check: { phase: 'failed', message: 'no link' } })
  expect(state.checks).toEqual({ built: { phase: 'checking' }, pasted: { phase: 'failed', message: 'no link' } })
  expect(reduceCampaigns(state, { type: 'linkChecked', place: 'pasted' }).checks).toEqual({ built: { phase: 'checking' } })
})
