import type { Scriptable } from './engine.ts'

/** What a page's browser keeps for its origin, by the place where it is kept. */
export interface Traces {
  cookies: string
  local: string[]
  session: string[]
  databases: string[]
  caches: string[]
  workers: number
  files: string[]
}

/** Looks into everything in which a page can store: nothing is there where `noTraces` is told. */
export const readTraces = (page: Scriptable): Promise<Traces> =>
  page.evaluate(async () => {
    const folder = navigator.storage?.getDirectory && ((await navigator.storage.getDirectory()) as FileSystemDirectoryHandle & { keys(): AsyncIterable<string> })
    const files: string[] = []
    for await (const name of folder?.keys() ?? []) files.push(name)
    return {
      cookies: document.cookie,
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name!),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      files,
    }
  })

export const noTraces: Traces = { cookies: '', local: [], session: [], databases: [], caches: [], workers: 0, files: [] }
