import { expect, test } from 'vitest'
import { createApi } from '../../../src/live/api.ts'
import { createStore } from '../../../src/live/createStore.ts'
import { createDefinitionLoader } from '../../../src/live/definitions/createDefinitionLoader.ts'
import { initialState, reduceLive } from '../../../src/live/state.ts'
import { noon } from '../sampleSession.ts'
import { createFakeDefinitions } from './createFakeDefinitions.ts'
import { order, readers } from './openDefinitions.ts'

/** A loader whose requests are answered at once, while they are not held; one that is held tells what there was when it was asked. */
const setUp = () => {
  const { answers } = createFakeDefinitions({ segments: [readers], outcomes: [order] })
  const store = createStore(reduceLive, { ...initialState, access: { phase: 'signedIn' } })
  const held = new Map<string, (() => void)[]>()
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = answers[url]!(init)
    const waiting = held.get(init.method ?? 'GET')
    if (waiting) await new Promise<void>(resolve => waiting.push(resolve))
    return answer
  }
  const api = createApi({ fetch, key: () => 'key', now: () => noon, onClock: () => undefined, onRefused: () => undefined })
  const loader = createDefinitionLoader({ api, store })
  return {
    loader,
    definitions: () => store.get().definitions,
    segments: () => store.get().definitions.lists?.segments.entities.map(({ id }) => id),
    hold: (method: string) => held.set(method, []),
    release: (method: string): void => {
      const waiting = held.get(method) ?? []
      held.delete(method)
      waiting.forEach(go => go())
    },
  }
}

test('lists that were asked for before a change do not take its place', async () => {
  const { loader, definitions, segments, hold, release } = setUp()
  loader.open()
  await expect.poll(segments).toEqual(['readers'])
  hold('GET')
  loader.open()
  loader.change('segments', { type: 'deleted', id: 'readers' })
  await expect.poll(segments).toEqual([])
  release('GET')
  await expect.poll(() => definitions().phase).toBe('ready')
  expect(segments()).toEqual([])
})

test('lists that come while a change is under way leave it so', async () => {
  const { loader, definitions, segments, hold, release } = setUp()
  loader.open()
  await expect.poll(segments).toEqual(['readers'])
  hold('PUT')
  loader.change('segments', { type: 'deleted', id: 'readers' })
  loader.open()
  await expect.poll(() => definitions().phase).toBe('ready')
  expect(definitions().change).toEqual({ phase: 'saving' })
  release('PUT')
  await expect.poll(() => definitions().change).toMatchObject({ phase: 'saved' })
})
