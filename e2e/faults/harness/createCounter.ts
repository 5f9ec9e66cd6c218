import type { Session } from '../../../src/model/index.ts'
import type { Api } from '../../harness/createApi.ts'
import { until } from '../../harness/until.ts'

/** What became of the events of a scenario. */
export interface Count {
  sent: number
  /** Stored exactly once. */
  once: number
  lost: number
  doubled: number
}

/** Finds the marked events that one or more collectors have stored. */
export interface Counter {
  /** How often each marker was stored, in all sessions. */
  read(): Promise<ReadonlyMap<string, number>>
  /** Counts what has arrived of the markers, once all have or the time is over. @param timeout milliseconds */
  count(markers: readonly string[], timeout: number): Promise<Count>
}

const toCount = (markers: readonly string[], found: ReadonlyMap<string, number>): Count => {
  const times = markers.map(marker => found.get(marker) ?? 0)
  return {
    sent: markers.length,
    once: times.filter(n => n === 1).length,
    lost: times.filter(n => n === 0).length,
    doubled: times.filter(n => n > 1).length,
  }
}

export const createCounter = (...apis: readonly Api[]): Counter => {
  /** Markers by session and its number of events: a session without news is not read again. */
  const known = new Map<string, readonly string[]>()

  const readSession = async (api: Api, { id, eventCount }: Session): Promise<readonly string[]> => {
    const key = `${apis.indexOf(api)} ${id} ${eventCount}`
    const read = async (): Promise<string[]> =>
      (await api.events(id)).flatMap(event => ('attributes' in event && typeof event.attributes?.marker === 'string' ? [event.attributes.marker] : []))
    const markers = known.get(key) ?? (await read())
    known.set(key, markers)
    return markers
  }

  const read: Counter['read'] = async () => {
    const lists = await Promise.all(apis.map(async api => Promise.all((await api.sessions()).map(session => readSession(api, session)))))
    const found = new Map<string, number>()
    for (const marker of lists.flat(2)) found.set(marker, (found.get(marker) ?? 0) + 1)
    return found
  }

  return {
    read,
    count: async (markers, timeout) => {
      let last = toCount(markers, new Map())
      const look = async (): Promise<Count> => (last = toCount(markers, await read()))
      await until(look, ({ lost }) => lost === 0, timeout).catch(() => look())
      return last
    },
  }
}
