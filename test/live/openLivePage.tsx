import { render } from 'preact'
import { vi } from 'vitest'
import { createApi } from '../../src/live/api.ts'
import { createController } from '../../src/live/createController.ts'
import { createStore } from '../../src/live/createStore.ts'
import { createKeyStorage } from '../../src/live/keyStorage.ts'
import { parseRoute } from '../../src/live/route.ts'
import { initialState, reduceLive, type LiveAction, type LiveState } from '../../src/live/state.ts'
import { App } from '../../src/live/view/app.tsx'
import { createFakeCollector, type FakeCollector } from './createFakeCollector.ts'
import { createVirtualClock, type VirtualClock } from './createVirtualClock.ts'

/** The whole live page in a document, with a collector of its own. */
export interface LivePage {
  collector: FakeCollector
  /** Moves what the page schedules: tries of the stream, snapshots. What it shows goes by the present of the test. */
  clock: VirtualClock
  /** Waits until something holds. */
  until(check: () => void): Promise<void>
  text(): string
  find<E extends HTMLElement>(selector: string): E
  click(words: string): void
  type(selector: string, text: string): void
  submit(selector: string): void
  /** What the page has asked, in order, and what is answered from now on. Default: yes. */
  questions: string[]
  answer(isYes: boolean): void
  /** Goes to a fragment of the address. */
  go(hash: string): void
  /** Lets the present pass for what is shown. */
  showAt(instant: number): void
  close(): void
}

/** The key that the collector accepts. */
export const apiKey = 'the-right-key'

/** Opens the page at an instant, which stands for the clock of the device; the key may be kept from before. */
export const openLivePage = (instant: number, keptKey = ''): LivePage => {
  vi.useFakeTimers({ toFake: ['Date'], now: instant })
  sessionStorage.clear()
  const collector = createFakeCollector(apiKey)
  const clock = createVirtualClock(instant)
  const store = createStore<LiveState, LiveAction>(reduceLive, initialState)
  const keys = createKeyStorage(() => sessionStorage)
  if (keptKey) keys.write(keptKey)
  const go = (hash: string): void => controller.go(parseRoute(hash))
  const api = createApi({
    fetch: collector.fetch,
    key: keys.read,
    now: () => Date.now(),
    onClock: sample => store.dispatch({ type: 'clockSampled', sample }),
    onRefused: () => controller.refuse(),
  })
  const questions: string[] = []
  let isYes = true
  const confirm = (question: string): boolean => {
    questions.push(question)
    return isYes
  }
  const controller = createController({ api, store, keys, navigate: go, confirm, clock: { ...clock, random: () => 1 } })
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  controller.resume()
  render(<App store={store} actions={controller} origin="https://collect.example.com" />, root)

  const find = <E extends HTMLElement>(selector: string): E => {
    const element = root.querySelector<E>(selector)
    if (!element) throw new Error(`no ${selector} in ${root.innerHTML}`)
    return element
  }

  return {
    collector,
    clock,
    questions,
    answer: answer => {
      isYes = answer
    },
    find,
    go,
    until: check => vi.waitFor(check, { interval: 1, timeout: 15_000 }),
    text: () => root.textContent,
    click(words) {
      const target = [...root.querySelectorAll<HTMLElement>('button, a, label')].find(element => element.textContent.includes(words))
      if (!target) throw new Error(`nothing to click that says ${words}`)
      target.click()
    },
    type(selector, text) {
      const field = find<HTMLInputElement>(selector)
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    submit: selector => void find(selector).dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
    showAt(present) {
      vi.setSystemTime(present)
      document.dispatchEvent(new Event('visibilitychange'))
    },
    close() {
      controller.signOut()
      render(null, root)
      vi.useRealTimers()
    },
  }
}
