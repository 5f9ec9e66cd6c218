import type { Platform } from './platform.ts'
import { ownRules, type Settings } from './options.ts'
import type { Admission } from './record.ts'

/** What the decision about a session needs of this tab: its name, its numbers, and what led to the page. */
export const createAdmission = ({ newId, now, page, referrer }: Pick<Platform, 'now' | 'newId' | 'page' | 'referrer'>, settings: Settings): Admission => {
  const numbers: Record<string, number> = {}
  // Only the first session of a document came from elsewhere; one that opens later, after a timeout, has no referrer.
  let opener: string | undefined = referrer() || undefined
  return {
    // A name per document, never stored: a copied or restored tab can then not repeat numbers that were given out before.
    tab: newId(now()).slice(-8),
    settings,
    rules: ownRules(settings),
    nextSeq: session => (numbers[session] = (numbers[session] ?? -1) + 1),
    newId,
    entry: () => {
      const entry = { page: page(), referrer: opener }
      opener = undefined
      return entry
    },
  }
}
