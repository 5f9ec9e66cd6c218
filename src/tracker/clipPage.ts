import { defined, limits, type EventPage } from '../model/index.ts'

/** Cuts what a page says about itself to the limits of the wire; what says nothing is left out. */
export const clipPage = ({ url, title, referrer, keywords, ...page }: { [K in keyof EventPage]: EventPage[K] | undefined } & { url: string }): EventPage =>
  defined<EventPage>({
    ...page,
    url: url.slice(0, limits.url),
    title: title?.slice(0, limits.title),
    referrer: referrer?.slice(0, limits.url),
    keywords: keywords?.slice(0, limits.keywords),
  })
