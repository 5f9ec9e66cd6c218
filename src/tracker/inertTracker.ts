import type { Tracker } from './tracker.ts'

/** A tracker that does nothing: on a server, and when the options are wrong. Its promises of what cannot come stay open. */
export const inertTracker = (): Tracker => ({
  pageview() {},
  screenview() {},
  track() {},
  identify() {},
  session: async () => undefined,
  shortId: () => new Promise(() => {}),
  on: () => () => {},
  journeyContext: async () => undefined,
  decorate: address => address,
  flush: async () => {},
  reset() {},
  stop() {},
  consent() {},
})
