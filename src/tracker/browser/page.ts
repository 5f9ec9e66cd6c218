import type { EventPage } from '../../model/index.ts'
import { clipPage } from '../clipPage.ts'

/**
 * Reads what the document says about itself. Taking the address apart and looking for keywords costs more than all else of an event:
 * that is done when the address, the title or the language has become another. Until then it is the same object, not to be changed.
 *
 * @param toStored what is kept of an address
 */
export const createPage = (toStored: (address: string) => string): (() => EventPage) => {
  let page: EventPage
  let url: string | undefined
  let title: string
  let lang: string
  return () => {
    // `document.URL` is `location.href` at a fourth of its cost.
    const { URL, documentElement } = document
    if (URL !== url || document.title !== title || documentElement.lang !== lang) {
      url = URL
      title = document.title
      lang = documentElement.lang
      page = clipPage({ url: toStored(url), title, lang, keywords: document.querySelector<HTMLMetaElement>('meta[name="keywords"]')?.content })
    }
    return page
  }
}
