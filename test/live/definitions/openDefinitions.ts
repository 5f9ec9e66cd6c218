import { act } from 'preact/test-utils'
import { expect, onTestFinished } from 'vitest'
import type { GivenDefinitions } from '../../../src/collector/segments/createDefinitionStore.ts'
import { apiKey, openLivePage, type LivePage } from '../openLivePage.tsx'
import { noon } from '../sampleSession.ts'
import { createFakeDefinitions, type FakeDefinitions } from './createFakeDefinitions.ts'

/** The live page where segments and outcomes are written, and the collector's lists of them. */
export type DefinitionsPage = LivePage & FakeDefinitions

export const readers = { id: 'readers', displayName: 'Readers', color: '#123456', context: { patterns: [{ criteria: [{ key: 'mktCampaign.source' as const, values: ['newsletter'] }] }] } }
export const order = { id: 'order', displayName: 'Order', journey: { patterns: [{ eventName: 'ordered', criteria: [], count: 1, streamType: 'Web' as const, sessionType: 'web' }] } }

/** Opens the page with definitions, by itself those above. */
export const openDefinitions = async (given: Partial<GivenDefinitions> = { segments: [readers], outcomes: [order] }): Promise<DefinitionsPage> => {
  const opened = openLivePage(noon, apiKey)
  onTestFinished(opened.close)
  const fake = createFakeDefinitions(given)
  opened.collector.answerWith(fake.answers)
  await opened.until(() => expect(opened.find('.connection').textContent).toContain('Live'))
  opened.go('#/definitions')
  await opened.until(() => expect(opened.text()).toContain('New outcome'))
  return { ...opened, ...fake }
}

export const field = (path: string): string => `[id="definition-${path}"]`

/** What a reader does comes one after the other, with the page drawn in between. */
export const choose = ({ find }: LivePage, path: string, value: string): Promise<void> =>
  act(() => {
    const select = find<HTMLSelectElement>(field(path))
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })

export const type = (opened: LivePage, path: string, text: string): Promise<void> => act(() => opened.type(field(path), text))

export const click = (opened: LivePage, words: string): Promise<void> => act(() => opened.click(words))

export const press = ({ find }: LivePage, label: string): Promise<void> => act(() => find(`[aria-label="${label}"]`).click())

export const save = (opened: LivePage): Promise<void> => act(() => opened.submit('.definition-editor'))
