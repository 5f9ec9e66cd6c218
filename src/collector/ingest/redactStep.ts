import type { Event, EventAttributes, Scalar, SessionStart } from '../../model/event.ts'
import { mayTell, redactText, redactUrl } from '../../model/redactUrl.ts'
import { toStoredUrl } from '../../model/url.ts'
import type { IngestStep } from './ingestWork.ts'
import type { Site } from '../site.ts'

type Change = (text: string) => string

const changeTexts = <T extends object>(object: T, names: readonly (keyof T)[], change: Change): T => {
  const changed = { ...object }
  for (const name of names) {
    const value = object[name]
    if (typeof value === 'string') changed[name] = change(value) as T[typeof name]
  }
  return changed
}

/** An address without a host, e.g. of a screen, without some of its parameters. */
const dropParameters = (address: string, names: readonly string[]): string => {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(address) ?? []
  const parameters = new URLSearchParams(query)
  if (!names.some(name => parameters.has(name))) return address
  for (const name of names) parameters.delete(name)
  const kept = parameters.toString()
  return `${path}${kept && '?'}${kept}${fragment}`
}

/** An address without parameters that a site does not want; the rest of it is kept. */
const exclude = (url: string, excludedQueryParameters: readonly string[]): string =>
  URL.canParse(url) ? toStoredUrl(url, { excludedQueryParameters, keepFragment: true }) : dropParameters(url, excludedQueryParameters)

/** How addresses of a site are kept; undefined for as they came. */
const toUrlChange = ({ excludedQueryParameters = [], redactUrls = true }: Site): Change | undefined => {
  if (!redactUrls && !excludedQueryParameters.length) return undefined
  const drop: Change = url => (excludedQueryParameters.length ? exclude(url, excludedQueryParameters) : url)
  return url => (redactUrls ? redactUrl(drop(url)) : drop(url))
}

interface Changes {
  url: Change
  text: Change
}

const changeStart = (start: SessionStart, { url, text }: Changes): SessionStart => {
  const changed = changeTexts(start, ['referrer'], url)
  const { campaign } = start
  return campaign ? { ...changed, campaign: changeTexts(campaign, Object.keys(campaign) as (keyof typeof campaign)[], text) } : changed
}

/** What visitors have searched for may stand in an attribute, too. */
const changeAttributes = (attributes: EventAttributes, change: Change): EventAttributes => {
  const { searchTerms } = attributes
  const changeTerm = (term: Scalar): Scalar => (typeof term === 'string' ? change(term) : term)
  return searchTerms === undefined ? attributes : { ...attributes, searchTerms: Array.isArray(searchTerms) ? searchTerms.map(changeTerm) : changeTerm(searchTerms) }
}

/** An event whose addresses are as the site wants them kept. */
const changeEvent = (event: Event, changes: Changes): Event => ({
  ...event,
  ...(event.page && { page: changeTexts(event.page, ['url', 'referrer'], changes.url) }),
  ...(event.start && { start: changeStart(event.start, changes) }),
  ...('attributes' in event && event.attributes && { attributes: changeAttributes(event.attributes, changes.text) }),
  ...('searchTerms' in event && event.searchTerms && { searchTerms: event.searchTerms.map(changes.text) }),
})

const textChange = ({ redactUrls }: Site): Change => (redactUrls === false ? text => text : redactText)

/** An event as the site wants it kept. */
export const redactEvent = (event: Event, site: Site): Event => {
  const url = toUrlChange(site)
  return url ? changeEvent(event, { url, text: textChange(site) }) : event
}

/** Takes out of addresses what the site does not want to be kept, whoever sent them: nothing of it reaches the log. */
export const redactStep: IngestStep = ({ parsed, site, text }) => {
  // To look at the body once is much quicker than to look at each of its addresses.
  const isTelling = text !== undefined && mayTell(text)
  if (text !== undefined && !site!.excludedQueryParameters?.length && !isTelling) return
  const changeUrl = toUrlChange(site!)
  if (!changeUrl) return
  let isChanged = false
  const watch =
    (change: Change): Change =>
    text => {
      const kept = change(text)
      isChanged ||= kept !== text
      return kept
    }
  const changes = { url: watch(changeUrl), text: watch(textChange(site!)) }
  const { batch } = parsed!
  const events = batch.events.map(event => changeEvent(event, changes))
  // What came as it may be kept goes into the log as it came, without being written anew. But what tells may also stand where nobody reads
  // it: of a name that an object has twice, parsing leaves the last one.
  if (isChanged) batch.events = events
  if (isChanged || isTelling) parsed!.isWhole = false
}
