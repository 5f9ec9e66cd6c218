/** Whatever has a beginning and an end: a visit, a call, a chat. */
export interface Going {
  id: string
  status: string
  createdDate: string
}

interface Entry<T> {
  entity: T
  /** Which change brought it. */
  revision: number
}

/** What goes on now, visits or conversations, as far as the page has been told. */
export interface Current<T> {
  /** Number of changes so far. */
  revision: number
  entries: ReadonlyMap<string, Entry<T>>
  /** Which change said that something is over or no more, by id: an answer to an older question does not bring it back. */
  gone: ReadonlyMap<string, number>
  /** The revision when the question was asked that the newest snapshot answers. */
  since: number
  /** A snapshot has come. */
  loaded: boolean
  /** False when the collector has more of them than the page loads. */
  complete: boolean
}

/** Answer to the question for all that goes on. */
export interface Snapshot<T> {
  entities: T[]
  /** The revision when the question was asked: what changed after it is newer than the answer. */
  since: number
  /** All are in it. */
  complete: boolean
}

/** Before the first snapshot. */
export const noneCurrent: Current<never> = { revision: 0, entries: new Map(), gone: new Map(), since: 0, loaded: false, complete: true }

/** Whether something is over. */
export const isOver = ({ status }: Going): boolean => status === 'ended'

/** Takes in what has changed; what is over leaves. */
export const applyChanges = <T extends Going>(current: Current<T>, changed: readonly T[]): Current<T> => {
  const revision = current.revision + 1
  const entries = new Map(current.entries)
  const gone = new Map(current.gone)
  for (const entity of changed) {
    const { id } = entity
    if (isOver(entity)) {
      entries.delete(id)
      gone.set(id, revision)
    } else {
      entries.set(id, { entity, revision })
      gone.delete(id)
    }
  }
  return { ...current, revision, entries, gone }
}

/** Forgets what is no more. */
export const removeFromCurrent = <T extends Going>(current: Current<T>, ids: readonly string[]): Current<T> => {
  const revision = current.revision + 1
  const entries = new Map(current.entries)
  for (const id of ids) entries.delete(id)
  return { ...current, revision, entries, gone: new Map([...current.gone, ...ids.map(id => [id, revision] as const)]) }
}

/**
 * Replaces what is known by a snapshot, but for what changed after that was asked for. What is missing in it is over; where it has
 * only the newest, that is said of those of which nothing was heard since the snapshot before.
 */
export const applySnapshot = <T extends Going>(current: Current<T>, { entities, since, complete }: Snapshot<T>): Current<T> => {
  const oldest = complete ? since : Math.min(since, current.since)
  const gone = new Map([...current.gone].filter(([, revision]) => revision > since))
  const taken = entities.filter(entity => !isOver(entity) && !gone.has(entity.id)).map(entity => [entity.id, { entity, revision: since }] as const)
  const heardOf = [...current.entries].filter(([, { revision }]) => revision > oldest)
  const newer = heardOf.filter(([, { revision }]) => revision > since)
  return { ...current, entries: new Map([...heardOf, ...taken, ...newer]), gone, since, loaded: true, complete }
}

/** The visits or conversations themselves. */
export const toEntities = <T>({ entries }: Current<T>): T[] => [...entries.values()].map(({ entity }) => entity)
