import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi, type Api } from './harness/createApi.ts'
import { createSender, type Sender } from './harness/createSender.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'
import { until } from './harness/until.ts'

let collector: Collector
let api: Api

beforeAll(async () => {
  const site = { id: 'shop', origins: ['https://shop.example.com'] }
  collector = await startCollector({ config: { sites: [site], trustedProxies: ['127.0.0.0/8'] } })
  api = createApi(collector)
})

afterAll(() => collector?.stop())

const countAcknowledged = (senders: Sender[]): number => senders.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)

/** What the collector has of a session, once it has at least so many events. */
const readStored = async (session: string, least: number): Promise<string[]> =>
  (await until(() => api.events(session), events => events.length >= least)).map(({ id }) => id)

const expectKept = async ({ session, acknowledged }: Sender): Promise<void> => {
  if (!acknowledged.length) return
  const stored = await readStored(session, acknowledged.length)
  const distinct = new Set(stored)
  expect({ lost: acknowledged.filter(id => !distinct.has(id)), doubled: stored.length - distinct.size }).toEqual({ lost: [], doubled: 0 })
}

test('what was acknowledged before kill -9 in the middle of ingest is there after a restart, once', async () => {
  const senders = [1, 1, 3, 10, 10, 25].map((size, i) => createSender({ url: collector.url, site: 'shop', address: `198.51.100.${i + 1}`, size }))
  for (const more of [10, 200, 500, 1, 1000, 2000]) {
    const target = countAcknowledged(senders) + more
    const sending = Promise.all(senders.map(sender => sender.send(() => false)))
    await until(() => countAcknowledged(senders), count => count >= target, 60_000)
    await collector.kill()
    await sending
    await collector.restart()
    await Promise.all(senders.map(expectKept))
  }
  // Now every batch is sent again until it is acknowledged, the interrupted ones too.
  await Promise.all(senders.map(sender => sender.send(() => true)))
  for (const { session, made, acknowledged } of senders) {
    expect(acknowledged).toEqual(made)
    const stored = await readStored(session, made.length)
    expect(stored.toSorted()).toEqual(made.toSorted())
    expect(await api.session(session)).toMatchObject({ eventCount: made.length, delivery: { received: made.length, missing: 0 } })
  }
})
