import type { ClientAddress } from './enrich/clientAddress.ts'
import { toNetwork } from './enrich/addressPolicy.ts'
import { createLookup } from './enrich/createLookup.ts'
import type { IngestStep } from './ingestWork.ts'
import type { OriginCheck } from './origins.ts'
import { ProblemError } from './problem.ts'
import type { RateLimit } from './rateLimit.ts'
import type { Site } from './site.ts'

/** An IPv6 subscriber has a whole network of addresses: it is limited as one. */
const subscriberBits = { ipv4: 32, ipv6: 64 }

/** Finds out whom the request is from. */
export const createAddressStep =
  (toAddress: ClientAddress): IngestStep =>
  work => {
    work.address = toAddress(work.connection, work.forwardedFor)
  }

const take = (rateLimit: RateLimit, key: string): void => {
  const retryAfter = rateLimit(key)
  if (retryAfter) throw new ProblemError('too-many-requests', { retryAfter })
}

/** Bounds how often one address may send; before anything is done with what it sent. */
export const createAddressLimitStep = (rateLimit: RateLimit): IngestStep => {
  const toSubscriber = createLookup(address => toNetwork(address, subscriberBits))
  return ({ address }) => {
    if (address) take(rateLimit, toSubscriber(address))
  }
}

/** Finds the site that the batch names. */
export const createSiteStep =
  (sites: ReadonlyMap<string, Site>): IngestStep =>
  work => {
    const { site } = work.parsed!.batch
    const known = sites.get(site)
    if (!known) throw new ProblemError('unknown-site', { detail: `site: no site of that id is configured` })
    work.site = known
  }

/** Refuses pages of other origins than the site's. */
export const createOriginStep =
  (isAllowed: OriginCheck): IngestStep =>
  ({ site, origin }) => {
    if (!isAllowed(site!.id, origin)) throw new ProblemError('origin-not-allowed', { detail: `origins of the site ${site!.id} do not include ${origin}` })
  }

/** Bounds how often one site may send, all visitors together. */
export const createSiteLimitStep =
  (rateLimit: RateLimit): IngestStep =>
  ({ site }) =>
    take(rateLimit, site!.id)
