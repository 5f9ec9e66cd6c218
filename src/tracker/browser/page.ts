import { defined, type EventPage } from '../../model/index.ts'

/** What the document says about itself, beside its address. */
export const readPage = (url: string): EventPage =>
  defined<EventPage>({
    url,
    title: document.title,
    lang: document.documentElement.lang,
    keywords: document.querySelector<HTMLMetaElement>('meta[name="keywords"]')?.content,
  })
