import type { StoredEvent } from '../../src/collector/sessionStore.ts'
import type { Session } from '../../src/model/index.ts'
import type { Collector } from './startCollector.ts'
import { until } from './until.ts'

interface List<T> {
  entities: T[]
  nextUri?: string
}

/** The collector's API, as an agent's program uses it. */
export interface Api {
  get<T>(path: string): Promise<T>
  /** @param query of `GET /v1/sessions`; the list is read to its last page */
  sessions(query?: Record<string, string>): Promise<Session[]>
  session(id: string): Promise<Session>
  /** All events of a session, oldest first. */
  events(id: string): Promise<StoredEvent[]>
  /** The only session there is, once it fulfils the condition. */
  onlySession(holds?: (session: Session) => boolean): Promise<Session>
}

export const createApi = ({ url, apiKey }: Pick<Collector, 'url' | 'apiKey'>): Api => {
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${apiKey}` } })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  const all = async <T>(path: string): Promise<T[]> => {
    const { entities, nextUri } = await get<List<T>>(path)
    return nextUri ? [...entities, ...(await all<T>(nextUri))] : entities
  }
  const sessions: Api['sessions'] = (query = {}) => all(`/v1/sessions?${new URLSearchParams(query).toString()}`)
  return {
    get,
    sessions,
    session: id => get(`/v1/sessions/${id}`),
    events: id => all(`/v1/sessions/${id}/events`),
    onlySession: async (holds = () => true) => {
      const found = await until(sessions, list => list.length > 1 || (list.length === 1 && holds(list[0]!)))
      if (found.length > 1) throw new Error(`expected one session, found ${found.length}: ${JSON.stringify(found)}`)
      return found[0]!
    },
  }
}
