import type { SessionRules } from '../model/event.ts'

/** A website or app whose events the collector accepts. */
export interface Site extends Partial<SessionRules> {
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
}
