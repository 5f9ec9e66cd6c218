import type { Session } from '../../src/model/index.ts'
import type { Scriptable } from './engines/engine.ts'

declare global {
  var sojourn: ((command: string, ...args: unknown[]) => unknown) | undefined
}

/** Calls the tracker of a page through its global, once it has loaded. */
const call = async <T>(page: Scriptable, command: string, ...args: unknown[]): Promise<T> => {
  await page.waitForFunction(() => (globalThis.sojourn as { started?: boolean } | undefined)?.started)
  return page.evaluate(([name, rest]) => globalThis.sojourn!(name, ...rest) as Promise<T>, [command, args] as const)
}

/** The tracker of a page, as the page's own code uses it. */
export const sojourn = {
  session: (page: Scriptable): Promise<Session | undefined> => call(page, 'session'),
  shortId: (page: Scriptable): Promise<string> => call(page, 'shortId'),
  flush: (page: Scriptable): Promise<void> => call(page, 'flush'),
  track: (page: Scriptable, eventName: string, attributes: object = {}): Promise<void> => call(page, 'track', eventName, attributes),
  identify: (page: Scriptable, id: string, identity: object = {}): Promise<void> => call(page, 'identify', id, identity),
  reset: (page: Scriptable): Promise<void> => call(page, 'reset'),
}
