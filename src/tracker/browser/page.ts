import type { EventPage } from '../../model/index.ts'

/** What the document says about itself. */
export const readPage = (toStored: (url: string) => string): EventPage => {
  const keywords = document.querySelector<HTMLMetaElement>('meta[name="keywords"]')?.content
  const { lang } = document.documentElement
  return {
    url: toStored(location.href),
    ...(document.title && { title: document.title }),
    ...(lang && { lang }),
    ...(keywords && { keywords }),
  }
}
