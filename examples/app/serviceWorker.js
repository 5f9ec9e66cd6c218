// The app's own files are there without a network. What is for other origins, the collector first of all, goes its way: the
// tracker keeps its events itself, and would rather hear that there is no network.
const shell = 'lamps-1'
const files = ['/', '/main.js', '/manifest.webmanifest', '/icon.svg']

self.addEventListener('install', event => {
  event.waitUntil(caches.open(shell).then(cache => cache.addAll(files)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  const forget = async () => {
    for (const name of await caches.keys()) if (name !== shell) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(forget())
})

self.addEventListener('fetch', event => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return
  event.respondWith(caches.match(request, { ignoreSearch: true }).then(found => found ?? fetch(request)))
})
