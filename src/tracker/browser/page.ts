import type { EventPage } from '../../model/index.ts'
import { clipPage } from '../clipPage.ts'

/** What the document says about itself, beside its address. */
export const readPage = (url: string): EventPage =>
  clipPage({
    url,
    title: document.title,
    lang: document.documentElement.lang,
    keywords: document.querySelector<HTMLMetaElement>('meta[name="keywords"]')?.content,
  })
