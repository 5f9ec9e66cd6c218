import { setTimeout as delay } from 'node:timers/promises'

/**
 * What goes wrong. All subjects are in one browser, each in a tab and with a website and a collector of its own, and it happens to all of
 * them at once.
 *
 * @typedef {object} Setting
 * @property {import('./launchProfile.mjs').Profile} profile
 * @property {(behaviour: import('./createSink.mjs').Behaviour) => void} behave of all collectors
 * @property {() => Promise<void>} open opens each subject in a tab
 * @property {(events: number) => Promise<void>} track tracks events in each tab, in one task
 * @property {() => Promise<void>} goOn tracks a few more in each tab, which do not count: some send only when enough has come together
 * @property {() => Promise<void>} leave goes to another page of the site, in each tab, in the task that tracks ten events
 * @property {() => Promise<void>} close closes all tabs
 * @property {() => Promise<void>} crash ends the process of each tab
 *
 * @typedef {object} Scenario
 * @property {string} name
 * @property {number} trials
 * @property {(setting: Setting) => Promise<void>} run
 */

/** Milliseconds that a later visit lasts, and that a collector which was away is waited for. */
const patience = { visit: 12_000, retry: 45_000 }

const visitAgain = async (/** @type {Setting} */ { open, goOn }) => {
  await open()
  await goOn()
  await delay(patience.visit)
}

/** @type {Scenario[]} */
export const scenarios = [
  {
    name: '10 events, and the next page at once',
    trials: 5,
    run: async setting => {
      await setting.leave()
      await delay(4000)
    },
  },
  {
    name: '10 events, and the tab closed at once',
    trials: 5,
    run: async ({ track, close }) => {
      await track(10)
      await close()
      await delay(4000)
    },
  },
  {
    name: 'the collector answers 500 for 20 s',
    trials: 2,
    run: async ({ behave, track, goOn }) => {
      behave('fail')
      await track(10)
      await delay(20_000)
      behave('pass')
      await goOn()
      await delay(patience.retry)
    },
  },
  {
    name: 'the collector is down, the tab is closed, a later visit',
    trials: 2,
    run: async setting => {
      setting.behave('down')
      await setting.track(10)
      await delay(2000)
      await setting.close()
      await delay(2000)
      setting.behave('pass')
      await visitAgain(setting)
    },
  },
  {
    name: 'offline, the tab is closed, online at a later visit',
    trials: 2,
    run: async setting => {
      await setting.profile.context().setOffline(true)
      await setting.track(10)
      await delay(2000)
      await setting.close()
      await setting.profile.context().setOffline(false)
      await visitAgain(setting)
    },
  },
  {
    name: 'the collector is down, the browser is killed 1 s after the events, a later visit',
    trials: 2,
    run: async setting => {
      setting.behave('down')
      await setting.track(10)
      await delay(1000)
      await setting.profile.kill()
      setting.behave('pass')
      await setting.profile.start()
      await visitAgain(setting)
    },
  },
  {
    name: 'the tab crashes 1 s after the events, a later visit',
    trials: 2,
    run: async setting => {
      await setting.track(10)
      await delay(1000)
      await setting.crash()
      await visitAgain(setting)
    },
  },
  {
    name: 'the reply is lost, for 10 s, after the collector took the events',
    trials: 2,
    run: async ({ behave, track, goOn }) => {
      behave('loseReply')
      await track(10)
      await delay(10_000)
      behave('pass')
      await goOn()
      await delay(patience.retry)
    },
  },
  {
    name: '1,000 events in one burst, the tab is closed, a later visit',
    trials: 1,
    run: async setting => {
      await setting.track(1000)
      await setting.close()
      await visitAgain(setting)
    },
  },
]
