import type { SessionKey, SessionWriter, StoredSession } from '../sessionStore.ts'

/** What is kept between transactions, in characters, roughly: about ten thousand usual sessions. */
const mostWeight = 32_000_000

/** Characters of a session as JSON, but for the values of its attributes. */
const usualWeight = 3000

/** Attributes are what visitors can make large. */
const weightOf = ({ state }: StoredSession): number =>
  [...state.attributes, ...state.searchTerms].reduce((sum, { value }) => sum + String(value).length, usualWeight)

/** Short ids whose holders are kept between transactions. */
const mostHoldings = 20_000

const toKey = (site: string, id: string): string => `${site}/${id}`

/**
 * Creates a cache between folding and the store: within a transaction a session is loaded and saved once, however many batches
 * speak of it, and one that was written not long ago is not loaded at all; nor is who has a short id, which each batch asks for.
 * Right only while nobody else writes to the store.
 *
 * @param capacity characters of what is kept between transactions
 */
export const createSessionCache = (capacity = mostWeight) => {
  const sessions = new Map<string, StoredSession>()
  let weight = 0
  let changed = new Map<string, StoredSession>()
  const holdings = new Map<string, { session: string; until: number }>()

  /** A map hands its keys out in the order in which they were set: the first are those that were not written for longest. */
  const evict = (): void => {
    for (const [key, session] of sessions) {
      if (weight <= capacity) return
      sessions.delete(key)
      weight -= weightOf(session)
    }
  }

  return {
    /** A writer that keeps what is saved until `flush`. */
    wrap: (writer: SessionWriter): SessionWriter => ({
      ...writer,
      load: (site, id) => sessions.get(toKey(site, id)) ?? writer.load(site, id),
      save: session => {
        const key = toKey(session.site, session.state.id)
        const known = sessions.get(key)
        if (known) weight -= weightOf(known)
        weight += weightOf(session)
        sessions.delete(key)
        sessions.set(key, session)
        changed.set(key, session)
      },
      holderOf: (site, shortId, at) => {
        const holding = holdings.get(toKey(site, shortId))
        return holding && holding.until > at ? holding.session : writer.holderOf(site, shortId, at)
      },
      hold: holding => {
        writer.hold(holding)
        holdings.set(toKey(holding.site, holding.shortId), holding)
      },
    }),

    /** Saves what was changed, at the end of a transaction. */
    flush: (writer: SessionWriter): void => {
      for (const session of changed.values()) writer.save(session)
    },

    /** The transaction was committed. @returns the sessions that were changed in it */
    settle: (): SessionKey[] => {
      const names = [...changed.values()].map(({ site, state }) => ({ site, id: state.id }))
      changed = new Map()
      evict()
      if (holdings.size > mostHoldings) holdings.clear()
      return names
    },

    /** The transaction was not committed, or the store was emptied: nothing of what is kept is sure. */
    forget: (): void => {
      sessions.clear()
      weight = 0
      changed = new Map()
      holdings.clear()
    },
  }
}
