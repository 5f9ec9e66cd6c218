import type { IngestStep } from './ingestWork.ts'
import type { OriginCheck } from '../settings/origins.ts'
import { ProblemError } from '../problem.ts'
import { letThrough, type RateLimit } from '../rateLimit.ts'
import type { Site } from '../site.ts'

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
    letThrough(rateLimit, site!.id)
