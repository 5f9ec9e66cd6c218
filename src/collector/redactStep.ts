import type { Event, SessionStart } from '../model/event.ts'
import { redactText, redactUrl } from '../model/redactUrl.ts'
import { toStoredUrl } from '../model/url.ts'
import type { IngestStep } from './ingestWork.ts'
import type { Site } from './site.ts'

type Change = (text: string) => string

const changeTexts = <T extends object>(object: T, names: readonly (keyof T)[], change: Change): T => {
  const changed = { ...object }
  for (const name of names) {
    const value = object[name]
    if (typeof value === 'string') changed[name] = change(value) as T[typeof name]
  }
  return changed
}

/** How addresses of a site are kept; undefined for as they came. */
const toUrlChange = ({ excludedQueryParameters = [], redactUrls = true }: Site): Change | undefined => {
  if (!redactUrls && !excludedQueryParameters.length) return undefined
  const exclude: Change = url => (excludedQueryParameters.length ? toStoredUrl(url, { excludedQueryParameters, keepFragment: true }) : url)
  return url => (redactUrls ? redactUrl(exclude(url)) : exclude(url))
}

const changeStart = (start: SessionStart, changeUrl: Change, { redactUrls = true }: Site): SessionStart => {
  const changed = changeTexts(start, ['referrer'], changeUrl)
  const { campaign } = start
  return campaign && redactUrls ? { ...changed, campaign: changeTexts(campaign, Object.keys(campaign) as (keyof typeof campaign)[], redactText) } : changed
}

/** An event whose addresses are as the site wants them kept. */
const changeEvent = (event: Event, changeUrl: Change, site: Site): Event => ({
  ...event,
  ...(event.page && { page: changeTexts(event.page, ['url', 'referrer'], changeUrl) }),
  ...(event.start && { start: changeStart(event.start, changeUrl, site) }),
  ...('searchTerms' in event && event.searchTerms && site.redactUrls !== false && { searchTerms: event.searchTerms.map(redactText) }),
})

/** Takes out of addresses what the site does not want to be kept, whoever sent them: nothing of it reaches the log. */
export const redactStep: IngestStep = ({ parsed, site }) => {
  const changeUrl = toUrlChange(site!)
  if (!changeUrl) return
  const { batch } = parsed!
  batch.events = batch.events.map(event => changeEvent(event, changeUrl, site!))
}
