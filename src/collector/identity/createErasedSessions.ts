import { toDigest } from './toDigest.ts'

/**
 * Creates the memory of sessions that were erased: what a page still sends of one is kept no more. It knows digests only.
 *
 * @param known those from before
 */
export const createErasedSessions = (known: Iterable<string> = []) => {
  const digests = new Set(known)
  return {
    add: (more: Iterable<string>): void => {
      for (const digest of more) digests.add(digest)
    },
    has: (site: string, session: string): boolean => digests.size > 0 && digests.has(toDigest(site, session)),
  }
}

export type ErasedSessions = ReturnType<typeof createErasedSessions>
