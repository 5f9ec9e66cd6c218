import { expect, test } from 'vitest'
import type { NetworkConnectivity } from '../../src/model/index.ts'
import type { ConnectivityOption } from '../../src/tracker/networkConnectivity.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const setUp = async (networkConnectivity: unknown, connection?: object) => {
  const { open, run, collector } = await createTestPlatform()
  const tab = open()
  Object.assign(tab.window.navigator as object, { connection })
  const tracker = tab.startApp({ site: 'shop', collector: 'https://collect.example.com', networkConnectivity })
  await run(1000)
  /** What the newest batch says after an event. */
  const send = async (): Promise<NetworkConnectivity | undefined> => {
    tracker.track('asked')
    await run(10_000)
    return collector.requests.at(-1)!.batch.context.networkConnectivity
  }
  return { send, tracker, run, tab, collector }
}

const none = { bluetoothEnabled: false, cellularEnabled: false, wifiEnabled: false }

test.each([
  ['wifi', { ...none, wifiEnabled: true }],
  ['cellular', { ...none, cellularEnabled: true }],
  ['bluetooth', { ...none, bluetoothEnabled: true }],
  ['ethernet', none],
  ['none', none],
  ['unknown', undefined],
  [undefined, undefined],
])('what the platform tells is said with each batch: %s', async (type, expected) => {
  const { send } = await setUp(true, { type })
  expect(await send()).toEqual(expected)
})

test('nothing is said where the platform tells nothing', async () => {
  expect(await (await setUp(true)).send()).toBeUndefined()
})

test('what the platform tells is said where the app says nothing, and the sessions are those of an app', async () => {
  const { send, collector } = await setUp(undefined, { type: 'wifi' })
  expect(await send()).toEqual({ ...none, wifiEnabled: true })
  expect(collector.sessions().map(({ type }) => type)).toEqual(['app'])
})

test('an app says what it knows, as it is when the batch goes', async () => {
  let carrier = 'First'
  const { send, tracker, run } = await setUp((() => ({ ...none, carrier, cellularEnabled: true })) satisfies ConnectivityOption)
  expect(await send()).toEqual({ ...none, carrier: 'First', cellularEnabled: true })
  carrier = 'Second'
  expect(await send()).toEqual({ ...none, carrier: 'Second', cellularEnabled: true })
  const shown = tracker.session()
  await run(1000)
  expect((await shown)!.networkConnectivity).toEqual({ ...none, carrier: 'Second', cellularEnabled: true })
})

test.each([
  ['a text', 'wifi', undefined],
  ['less than all', { wifiEnabled: 1 }, { ...none, wifiEnabled: true }],
  ['a carrier that is no text', { ...none, carrier: 7 }, none],
  ['a carrier that is too long', { ...none, carrier: 'x'.repeat(999) }, none],
  ['a function that throws', () => { throw new Error('no') }, undefined],
])('%s makes no batch that would be refused', async (_title, given, expected) => {
  const { send, tab, collector } = await setUp(given)
  expect(await send()).toEqual(expected)
  expect([tab.uncaught, tab.errors(), collector.of('custom')]).toEqual([[], [], [expect.objectContaining({ eventName: 'asked' })]])
})
