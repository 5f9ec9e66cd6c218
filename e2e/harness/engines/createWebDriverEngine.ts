import { createWait } from './createWait.ts'
import type { Engine, EngineName, Profile, Tab } from './engine.ts'
import type { WebDriver } from './startWebDriver.ts'

/** What a script in the page answers with: a value, or what went wrong. */
type Answer<R> = { value: R } | { error: string }

const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/** An element as commands name it. */
interface Element {
  [elementKey]: string
}

/** WebDriver's word for the key. */
const enter = '\uE007'

interface Session {
  sessionId: string
  capabilities: { browserVersion: string }
}

/** Sends the commands of one session. Those of one task follow each other: a session has one tab in hand at a time. */
const createSession = ({ call }: WebDriver, path: string) => {
  let last: Promise<unknown> = Promise.resolve()
  let current: string | undefined
  const send = (method: 'GET' | 'POST' | 'DELETE', command: string, body?: object): Promise<unknown> => call(method, path + command, body)
  return {
    /** Runs a task with a tab in hand. */
    within: <T>(handle: string | undefined, task: (command: typeof send) => Promise<T>): Promise<T> => {
      const run = async (): Promise<T> => {
        if (handle && handle !== current) await send('POST', '/window', { handle })
        current = handle ?? current
        return task(send)
      }
      const result = last.then(run, run)
      last = result
      return result
    },
    end: () => call('DELETE', path),
  }
}

const createTab = ({ within }: ReturnType<typeof createSession>, handle: string): Tab => {
  const evaluate = async <R, A>(work: (argument: A) => R | Promise<R>, argument?: A): Promise<R> => {
    const script = `const done = arguments[1]; new Promise(resolve => resolve((${work.toString()})(arguments[0]))).then(value => done({ value }), error => done({ error: String(error) }))`
    const answer = (await within(handle, send => send('POST', '/execute/async', { script, args: [argument ?? null] }))) as Answer<R>
    if ('error' in answer) throw new Error(answer.error)
    return answer.value
  }
  const waitForFunction = createWait(evaluate)
  const go = async (way: 'back' | 'forward'): Promise<void> => {
    await within(handle, send => send('POST', `/${way}`, {}))
  }
  const act = (source: object): Promise<unknown> => within(handle, send => send('POST', '/actions', { actions: [source] }))
  const find = (selector: string): Promise<Element> =>
    within(handle, async send => (await send('POST', '/element', { using: 'css selector', value: selector })) as Element)
  return {
    goto: url => within(handle, send => send('POST', '/url', { url })),
    evaluate,
    waitForFunction,
    click: async (selector, button = 'left') => {
      const element = await find(selector)
      if (button === 'left') return within(handle, send => send('POST', `/element/${element[elementKey]}/click`, {}))
      const [pointerDown, pointerUp] = ['pointerDown', 'pointerUp'].map(type => ({ type, button: 1 }))
      const actions = [{ type: 'pointerMove', duration: 0, origin: element, x: 0, y: 0 }, pointerDown, pointerUp]
      return act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions })
    },
    pressEnter: () => act({ type: 'key', id: 'keyboard', actions: ['keyDown', 'keyUp'].map(type => ({ type, value: enter })) }),
    back: () => go('back'),
    forward: () => go('forward'),
    hide: async () => {
      await within(handle, send => send('POST', '/window/minimize', {}))
      await waitForFunction(() => document.hidden)
    },
    show: async () => {
      await within(handle, send => send('POST', '/window/maximize', {}))
      await waitForFunction(() => !document.hidden)
    },
    close: async () => {
      await within(handle, send => send('DELETE', '/window'))
    },
  }
}

const openProfile = async (driver: WebDriver, capabilities: object): Promise<Profile & { version: string }> => {
  const started = (await driver.startSession(capabilities)) as Session
  const session = createSession(driver, `/session/${started.sessionId}`)
  /** A command needs a tab in hand. This one is never given away, so it is always there. */
  const first = (await session.within(undefined, send => send('GET', '/window'))) as string
  return {
    version: started.capabilities.browserVersion,
    newTab: async () => {
      // A window of its own: of the tabs of one window all but one would be hidden.
      const { handle } = (await session.within(first, send => send('POST', '/window/new', { type: 'window' }))) as { handle: string }
      return createTab(session, handle)
    },
    close: async () => void (await session.end()),
  }
}

/** A browser that is driven by W3C WebDriver. Each profile is a session, and a process, of its own; a session starts with nothing stored. */
export const createWebDriverEngine = async (name: EngineName, driver: WebDriver, capabilities: object): Promise<Engine> => {
  // Some drivers run one session at a time: the one that told the version is over before the first profile begins.
  const { version, close } = await openProfile(driver, capabilities)
  await close()
  const newProfile = (): Promise<Profile> => openProfile(driver, capabilities)
  return { name, version, newProfile, newWindows: newProfile, stop: () => driver.stop() }
}
