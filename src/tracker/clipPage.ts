import { limits, type EventPage } from '../model/index.ts'

/** Cuts what a page says about itself to the limits of the wire. What says nothing, an empty text among it, is undefined: as JSON it is not there. */
export const clipPage = ({ url, title, referrer, keywords, lang, ...page }: { [K in keyof EventPage]: EventPage[K] | undefined } & { url: string }): EventPage =>
  ({
    ...page,
    url: url.slice(0, limits.url),
    // A form or a picture with that name stands where the document's title was.
    title: title?.slice?.(0, limits.title) || undefined,
    referrer: referrer?.slice(0, limits.url) || undefined,
    keywords: keywords?.slice(0, limits.keywords) || undefined,
    lang: lang || undefined,
  }) as EventPage
