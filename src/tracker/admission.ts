import type { Platform } from './platform.ts'
import { ownRules, type Settings } from './options.ts'
import type { Admission } from './record.ts'

/** What the decision about a session needs of this tab: its name, its numbers, and what led to the page. */
export const createAdmission = (platform: Pick<Platform, 'now' | 'newId' | 'page' | 'referrer'>, settings: Settings): Admission => {
  const numbers = new Map<string, number>()
  // Only the first session of a document came from elsewhere; one that opens later, after a timeout, has no referrer.
  let referrer: string | undefined = platform.referrer() || undefined
  return {
    // A name per document, never stored: a copied or restored tab can then not repeat numbers that were given out before.
    tab: platform.newId(platform.now()).slice(-8),
    type: settings.type,
    rules: ownRules(settings),
    newSessionOnCampaign: settings.newSessionOnCampaign,
    nextSeq: session => {
      const seq = numbers.get(session) ?? 0
      numbers.set(session, seq + 1)
      return seq
    },
    newId: platform.newId,
    entry: () => {
      const entry = { page: platform.page(), referrer }
      referrer = undefined
      return entry
    },
  }
}
