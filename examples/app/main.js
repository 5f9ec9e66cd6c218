import { createAppTracker } from 'sojourn'

// An app has screens, not pages: nothing is counted by itself. What the platform does not tell of the network, the app says.
const tracker = createAppTracker({
  site: 'demo',
  collector: document.documentElement.dataset.collector,
  app: { name: 'Lamps', namespace: 'com.example.lamps', version: '2.1.0', buildNumber: '210' },
  autotrack: false,
  networkConnectivity: () => ({ wifiEnabled: navigator.onLine, cellularEnabled: false, bluetoothEnabled: false }),
  batch: { maxDelayMs: 500 },
})

const show = screen => {
  document.querySelector('#screen').textContent = screen
  tracker.screenview(screen)
}

const showNetwork = () => {
  document.querySelector('#network').textContent = navigator.onLine ? '' : 'No network: what you do is kept until there is one.'
}

for (const button of document.querySelectorAll('[data-screen]')) button.addEventListener('click', () => show(button.dataset.screen))
addEventListener('online', showNetwork)
addEventListener('offline', showNetwork)
showNetwork()
show('Lamps')
navigator.serviceWorker?.register('/serviceWorker.js')
