import type { Api } from '../createApi.ts'
import { sojourn } from '../sojourn.ts'
import type { Scriptable } from './engine.ts'

/** The pageviews of a tab's session as the collector has them, oldest first: path and fragment, title, and the page before. */
export const readViews = async (tab: Scriptable, api: Api): Promise<[path: string, title: string | undefined, referrer: string | undefined][]> => {
  await sojourn.flush(tab)
  const { id } = (await sojourn.session(tab))!
  return (await api.events(id)).flatMap(event => {
    if (event.type !== 'pageview' || !event.page) return []
    const { pathname, search, hash } = new URL(event.page.url)
    return [[pathname + search + hash, event.page.title, event.page.referrer]]
  })
}
