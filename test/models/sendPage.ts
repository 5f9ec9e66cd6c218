import { vi } from 'vitest'
import type { Batch } from '../../src/model/index.ts'
import { limits } from '../../src/model/limits.ts'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import { createTestPlatform } from '../tracker/createTestPlatform.ts'
import type { Tab } from '../tracker/platform/tab.ts'
import type { Tracker } from '../../src/tracker/tracker.ts'
import { address, type Stage } from './openStage.ts'

interface PageOptions {
  url: string
  referrer?: string
  userAgent: string
  options?: Partial<TrackerOptions>
  /** What the page calls, and what is done to it. */
  act(tracker: Tracker, tab: Tab, run: (milliseconds: number) => Promise<void>): Promise<void>
}

/** Has the tracker, as it is built, run in a page. @returns the batches that it sends */
export const trackPage = async ({ url, referrer = '', userAgent, options, act }: PageOptions): Promise<Batch[]> => {
  const platform = await createTestPlatform()
  const tab = platform.open({ url, referrer, userAgent })
  const tracker = tab.start({ keepFragment: true, ...options })
  await act(tracker, tab, platform.run)
  await platform.run(60_000)
  // Its virtual time is over: what is sent now is sent in real time.
  vi.unstubAllGlobals()
  return platform.collector.requests.map(({ batch }) => batch)
}

/** Sends batches of a page from the address that the databases know. @returns the id of the first session in them */
export const sendPage = async (stage: Stage, batches: readonly Batch[]): Promise<string> => {
  for (const batch of batches) {
    const headers = { origin: 'https://shop.example.com', 'content-type': 'text/plain', 'x-forwarded-for': address, 'user-agent': batch.context.userAgent ?? '' }
    await stage.ask(['POST', '/v1/events', { ...batch, wait: limits.wait }, headers])
  }
  return batches[0]!.events[0]!.session
}
