import { defined } from './defined.ts'
import type { EventPage } from './event.ts'
import { toUrlFields, type UrlFields } from './url.ts'

/** A page, taken apart. */
export interface JourneyPage extends UrlFields {
  title?: string
  keywords?: string
  lang?: string
  breadcrumb: string[]
}

/** Takes a page's address apart, and keeps what it says about itself. */
export const toPage = ({ url, title, keywords, lang, breadcrumb = [] }: EventPage): JourneyPage =>
  // Not a copy with more in it: each would have a shape of its own, see docs/performance.md.
  Object.assign(toUrlFields(url), defined({ title, keywords, lang }), { breadcrumb })
