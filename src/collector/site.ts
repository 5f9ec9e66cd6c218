import type { SiteCampaign } from '../model/siteCampaign.ts'
import type { IdentityKey } from './identity/identityKey.ts'
import type { PageOptions } from './settings/pageOptions.ts'

/** A website or app whose events the collector accepts. What its pages are told of this is in `PageOptions`. */
export interface Site extends PageOptions {
  /** What pages name in `data-site`. */
  id: string
  /** Origins of its pages. `*` stands for one host label or for any port: `https://*.example.com`, `http://127.0.0.1:*`. */
  origins: string[]
  /** Shown as `divisionIds` of its Sessions. */
  divisionIds?: string[]
  /** Shown as `externalUrl` of its Sessions. */
  externalUrl?: string
  /** Least length of a short id, 4 to 6. Default 4. */
  shortIdDigits?: number
  /** How campaigns are read, and named by rules; see docs/campaigns.md. */
  campaign?: SiteCampaign
  /** Query parameters that are removed from every address before it is kept, whoever sent it. */
  excludedQueryParameters?: string[]
  /** Keys of the tokens by which its pages prove who a customer is; see docs/identity.md. Default none: then nobody is authenticated. */
  identityKeys?: IdentityKey[]
  /** Days that its Sessions are kept. Default: what the collector's `retentionDays` says. */
  retentionDays?: number
  /**
   * Hosts that visitors pass through in the midst of a visit, to pay or to sign in, beside the known ones: `pay.example.com`, or
   * `.example.com` with its subdomains. A session that begins there is no visit that they have led to the site.
   */
  passages?: string[]
  /** Tell what visitors search for with forms that stay on their page, as events `search`; see docs/campaigns.md. Default false. */
  searchForms?: boolean
  /** Take mail addresses, tokens and passwords out of every address before it is kept. Default true. */
  redactUrls?: boolean
}
