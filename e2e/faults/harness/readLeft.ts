import type { BrowserContext } from 'playwright-core'

/** What a profile still holds of the events that were tracked in it. */
export interface Left {
  /** Databases, and in each the keys and markers of its outbox. */
  outbox: Record<string, string[]>
  /** What leaving pages have put into localStorage, by key. */
  spill: Record<string, string[]>
}

/** Reads a profile's outbox and spill in a page of the same origin that is not tracked. @param address of such a page */
export const readLeft = async (context: BrowserContext, address: string): Promise<Left> => {
  await context.setOffline(false)
  const page = await context.newPage()
  await page.goto(address)
  return page.evaluate(async () => {
    const toMarkers = (text: string): string[] => text.match(/(?<="marker":")[^"]*/g) ?? []
    const read = async (name: string): Promise<[string, string[]]> => {
      const opening = indexedDB.open(name)
      await new Promise((resolve, reject) => Object.assign(opening, { onsuccess: resolve, onerror: reject, onblocked: reject }))
      const stores = [...opening.result.objectStoreNames]
      const requests = stores.map(store => opening.result.transaction(store).objectStore(store).getAll())
      await Promise.all(requests.map(request => new Promise((resolve, reject) => Object.assign(request, { onsuccess: resolve, onerror: reject }))))
      const rows = requests.flatMap(request => request.result as unknown[])
      opening.result.close()
      return [`${name}, ${rows.length} rows`, rows.flatMap(row => toMarkers(JSON.stringify(row)))]
    }
    const names = (await indexedDB.databases()).map(({ name }) => name!)
    const outbox = Object.fromEntries(await Promise.all(names.map(read)))
    const spill = Object.fromEntries(Object.entries(localStorage).map(([key, text]) => [key, toMarkers(String(text))]))
    return { outbox, spill }
  })
}
