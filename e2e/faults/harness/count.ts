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

/** How often each marker was stored, in all sessions. */
const readMarkers = async (api: Api): Promise<Map<string, number>> => {
  const sessions = await api.sessions()
  const events = await Promise.all(sessions.map(({ id }) => api.events(id)))
  const found = new Map<string, number>()
  for (const event of events.flat()) {
    const marker = 'attributes' in event ? event.attributes?.marker : undefined
    if (typeof marker === 'string') found.set(marker, (found.get(marker) ?? 0) + 1)
  }
  return found
}

const toCount = (markers: readonly string[], found: Map<string, number>): Count => {
  const times = markers.map(marker => found.get(marker) ?? 0)
  return {
    sent: markers.length,
    once: times.filter(n => n === 1).length,
    lost: times.filter(n => n === 0).length,
    doubled: times.filter(n => n > 1).length,
  }
}

/**
 * Counts what has arrived of the markers, once all have or the time is over: what is missing then is lost.
 *
 * @param timeout milliseconds
 */
export const count = async (api: Api, markers: readonly string[], timeout: number): Promise<Count> => {
  let last = toCount(markers, new Map())
  const look = async (): Promise<Count> => (last = toCount(markers, await readMarkers(api)))
  await until(look, ({ lost }) => lost === 0, timeout).catch(() => look())
  return last
}
