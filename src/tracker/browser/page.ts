import type { EventPage } from '../../model/index.ts'
import { clipPage } from '../clipPage.ts'

/**
 * Reads what the document says about itself. Taking the address apart and looking for keywords costs more than all else of an event:
 * that is done when the address, the title or the language has become another. Until then it is the same object, not to be changed.
 *
 * @param toStored what is kept of an address
 */
export const createPage = (toStored: (address: string) => string): (() => EventPage) => {
  let seen: string | undefined
  let page: EventPage
  return () => {
    // `document.URL` is `location.href` at a fourth of its cost.
    const { URL, title, documentElement: { lang } } = document
    const sees = URL + title + lang
    if (seen !== sees) page = clipPage({ url: toStored(URL), title, lang, keywords: document.querySelector<HTMLMetaElement>('meta[name="keywords"]')?.content })
    seen = sees
    return page
  }
}
