import { IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished, vi } from 'vitest'
import { build } from './platform/build.ts'
import { createClock } from './platform/clock.ts'
import { createCollector } from './platform/collector.ts'
import { createCookies } from './platform/cookies.ts'
import { createOrigin, type Origin } from './platform/origin.ts'
import { createTab, type TabOptions } from './platform/tab.ts'

/** Random bytes, the same ones in the same order each time (a linear congruential generator, of which the high bits are good). */
const createBytes = () => {
  let state = 1
  return <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    for (let i = 0; i < bytes.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      bytes[i] = state >>> 24
    }
    return view
  }
}

const home = 'https://shop.example.com'

/**
 * A browser in virtual time: tabs that share an origin's storage (fake-indexeddb, with latency and faults to order), and a
 * collector that answers as it is told. The tracker runs in it as it is built, on the globals it would find in a page, so
 * tests see behaviour alone. Nothing waits for real time.
 */
export const createTestPlatform = async () => {
  const clock = createClock()
  const origin = createOrigin(clock)
  // Pages are of the shop, unless their address says another origin.
  const origins = new Map<string, Origin>()
  const cookies = createCookies()
  const originOf = (url = home): Origin => {
    const name = new URL(url).origin
    const known = origins.get(name) ?? (name === home ? origin : createOrigin(clock))
    origins.set(name, known)
    return known
  }
  const collector = createCollector(clock)
  const fill = createBytes()
  const parts = Object.fromEntries(await Promise.all(['session', 'check', 'message', 'history', 'lease', 'links'].map(async name => [name, await build(`parts/${name}`)] as const)))
  const code = { createTracker: await build('index'), script: await build('script'), parts }
  // fake-indexeddb takes its steps with setImmediate: here they are tasks of the virtual clock.
  vi.stubGlobal('setImmediate', (task: () => void) => void clock.after(origin.disk.latency, task))
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  onTestFinished(() => void vi.unstubAllGlobals())

  return {
    clock,
    disk: origin.disk,
    origin,
    collector,
    /** Lets time pass. */
    run: clock.run,
    cookies,
    open: (options: TabOptions = {}) => createTab({ clock, origin: originOf(options.url), collector, cookies, code, fill }, options),
  }
}

export type TestPlatform = Awaited<ReturnType<typeof createTestPlatform>>
