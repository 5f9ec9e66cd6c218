import { campaignParameters } from '../../model/campaignParameters.ts'
import type { Campaign } from '../../model/event.ts'
import type { ConfiguredSite } from './campaigns.ts'

/** Fields that people write into links; the others come from ad networks. */
export const linkFields = ['source', 'medium', 'name', 'term', 'content'] as const

export type LinkFields = Partial<Record<(typeof linkFields)[number], string>>

/** The parameter that a site reads a field from; undefined when it reads none. */
export const parameterOf = (site: Pick<ConfiguredSite, 'campaign'> | undefined, field: keyof Campaign): string | undefined => campaignParameters(site?.campaign ?? {}, field)[0]

/** A value in the one way of writing that cannot be mixed up with another. */
export const toTidyValue = (value: string): string => value.trim().toLowerCase().replace(/\s+/g, '-')

/** An address where visits of the site may begin: a page of the site, if the configuration names one. */
export const toBaseAddress = (site: ConfiguredSite | undefined, collector: string): string => {
  const origin = site?.origins.find(each => !each.includes('*') && URL.canParse(each))
  if (origin) return `${origin}/`
  return site?.id === 'demo' ? `${collector}/demo/` : ''
}

/**
 * Puts tags into an address, before its fragment, in the place of those that are there.
 *
 * @returns an empty text for what is no web address
 */
export const toTaggedLink = (address: string, site: Pick<ConfiguredSite, 'campaign'> | undefined, fields: LinkFields): string => {
  const absolute = /^https?:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`
  if (!address.trim() || !URL.canParse(absolute)) return ''
  const url = new URL(absolute)
  for (const field of linkFields) {
    const name = parameterOf(site, field)
    const value = fields[field]?.trim()
    if (name === undefined) continue
    if (value) url.searchParams.set(name, value)
  }
  return url.href
}
