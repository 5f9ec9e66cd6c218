import { render } from 'preact'
import { createApi } from './api.ts'
import { createController } from './createController.ts'
import { createStore } from './createStore.ts'
import { createKeyStorage } from './keyStorage.ts'
import { parseRoute } from './route.ts'
import { initialState, reduceLive, type LiveAction, type LiveState } from './state.ts'
import { App } from './view/app.tsx'

const store = createStore<LiveState, LiveAction>(reduceLive, initialState)
const keys = createKeyStorage(() => window.sessionStorage)

/** Where the collector is: beside the page, which a proxy may serve below a path of another site. */
const collector = new URL('.', window.location.href).href.slice(0, -1)

const api = createApi({
  fetch: (path, init) => window.fetch(collector + path, init),
  key: () => keys.read(),
  now: () => Date.now(),
  onClock: sample => store.dispatch({ type: 'clockSampled', sample }),
  onRefused: () => controller.refuse(),
})

const controller = createController({
  api,
  store,
  keys,
  navigate: hash => {
    window.location.hash = hash
  },
  confirm: question => window.confirm(question),
  clock: {
    now: () => Date.now(),
    random: () => Math.random(),
    schedule: (milliseconds, callback) => {
      const timer = window.setTimeout(callback, milliseconds)
      return () => window.clearTimeout(timer)
    },
  },
})

const followAddress = (): void => controller.go(parseRoute(window.location.hash))

window.addEventListener('hashchange', followAddress)
window.addEventListener('beforeunload', event => {
  if (store.get().definitions.isUnsaved) event.preventDefault()
})
window.addEventListener('online', () => controller.reconnect())
followAddress()
controller.resume()

const root = document.getElementById('app')
if (root) render(<App store={store} actions={controller} origin={collector} />, root)
