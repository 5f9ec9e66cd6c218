// The least that keeps events across a crash: each is put into IndexedDB, what is there is sent every five seconds, and removed when
// the collector has answered. No session, no batching of writes, no leaving, no tabs, no backing off.
const { collectorUrl } = /** @type {{ collectorUrl: string }} */ (/** @type {unknown} */ (globalThis))

const opening = indexedDB.open('control', 1)
opening.onupgradeneeded = () => opening.result.createObjectStore('events', { autoIncrement: true })

/** @type {Promise<IDBDatabase>} */
const opened = new Promise(resolve => {
  opening.onsuccess = () => resolve(opening.result)
})

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const toPromise = request =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const openStore = async (/** @type {IDBTransactionMode} */ mode) => (await opened).transaction('events', mode).objectStore('events')

const flush = async () => {
  const store = await openStore('readonly')
  const [keys, events] = await Promise.all([toPromise(store.getAllKeys()), toPromise(store.getAll())])
  if (!events.length) return
  const response = await fetch(`${collectorUrl}/collect`, { method: 'POST', body: JSON.stringify(events), keepalive: events.length < 100 })
  await response.text()
  if (!response.ok) return
  const removing = await openStore('readwrite')
  for (const key of keys) removing.delete(key)
}

const track = async (/** @type {string} */ marker) => {
  const store = await openStore('readwrite')
  store.add({ id: crypto.randomUUID(), name: 'bench', at: Date.now(), url: location.href, marker })
}

setInterval(() => void flush().catch(() => undefined), 5000)
void flush().catch(() => undefined)
Object.assign(globalThis, { trackBench: (/** @type {string} */ marker) => void track(marker) })
