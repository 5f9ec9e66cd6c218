import { defined, type EventPage } from '../../model/index.ts'

/** What the document says about itself. */
export const readPage = (toStored: (url: string) => string): EventPage =>
  defined<EventPage>({
    url: toStored(location.href),
    title: document.title,
    lang: document.documentElement.lang,
    keywords: document.querySelector<HTMLMetaElement>('meta[name="keywords"]')?.content,
  })
