import { limits } from '../../model/limits.ts'
import { shapes } from '../../model/shapes.ts'
import { instant, pageLimits, pageParameters, parseParameters, text, type PageQuery, type Parameter } from '../reading/parseQuery.ts'
import { ProblemError } from '../problem.ts'
import { dayLength, type CampaignFilter } from './campaignCounts.ts'
import type { GivenLanding } from './checkLanding.ts'

/** Days of a list when the query does not say, and at most. */
export const dayLimits = { usual: 30, most: 366 } as const

/** The query of a list of campaigns. */
export interface CampaignQuery extends PageQuery {
  filter: CampaignFilter
}

/**
 * Parses the query of a list of campaigns. It is about whole days: the one of `from`, and all before the instant `to`.
 *
 * @param now milliseconds since 1970
 * @throws ProblemError `invalid-query`
 */
export const parseCampaignQuery = (query: Record<string, unknown>, now: number): CampaignQuery => {
  const { limit = pageLimits.usual, cursor, site, from, to = now + 1 } = parseParameters(query, { ...pageParameters, site: text, from: instant, to: instant })
  const toDay = Math.ceil(to / dayLength) - 1
  const fromDay = from === undefined ? toDay - dayLimits.usual + 1 : Math.floor(from / dayLength)
  if (toDay - fromDay >= dayLimits.most) throw new ProblemError('invalid-query', { detail: `from: expected at most ${dayLimits.most} days before to` })
  return { limit, ...(cursor !== undefined && { cursor }), filter: { fromDay, toDay, ...(site !== undefined && { site }) } }
}

const longText: Parameter<string> = {
  expected: `1 to ${limits.url} characters`,
  parse: value => (value.trim() && value.length <= limits.url ? value.trim() : undefined),
}

const isWeb = (address: string): boolean => /^https?:\/\/[^/]/i.test(address) && URL.canParse(address)

/** An address as people paste it: `shop.example.com/?a=b` has no scheme. */
const toAddress = (pasted: string): string | undefined => [pasted, `https://${pasted.replace(/^\/\//, '')}`].find(each => isWeb(each) && (each === pasted || /^(\/\/)?[^/?#]+\.[^/?#]+/.test(pasted)))

/**
 * Parses the query of a check: a site, a link, and perhaps where it stands.
 *
 * @throws ProblemError `invalid-query`
 */
export const parseLandingQuery = (query: Record<string, unknown>): GivenLanding & { site: string } => {
  const { site, url, referrer } = parseParameters(query, { site: text, url: longText, referrer: longText })
  if (site === undefined) throw new ProblemError('invalid-query', { detail: 'site: is missing' })
  const address = toAddress(url ?? '')
  if (address === undefined) throw new ProblemError('invalid-query', { detail: 'url: expected an address such as https://shop.example.com/' })
  return { site, url: address, referrer: referrer && (toAddress(referrer) ?? referrer) }
}

/**
 * Parses whose touches are asked for.
 *
 * @throws ProblemError `invalid-query`
 */
export const parseTouchQuery = (id: string, query: Record<string, unknown>): { id: string; site?: string } => {
  if (!new RegExp(shapes.id.pattern).test(id)) throw new ProblemError('invalid-query', { detail: 'id: expected a UUID in lower case' })
  return { id, ...parseParameters(query, { site: text }) }
}
