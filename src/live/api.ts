import { ApiError } from './apiError.ts'
import type { CampaignPage, CheckedLanding, ConfiguredSite } from './campaigns/campaigns.ts'
import type { ClockSample } from './clockOffset.ts'
import type { Conversation } from './conversation.ts'
import type { EventPage } from './detail.ts'
import type { DefinitionList } from './definitions/definitions.ts'
import type { DefinitionKind, DraftContent, ListedDefinition } from './definitions/draft.ts'
import type { LiveSession } from './liveSession.ts'

/** A page of sessions. */
export interface SessionPage {
  entities: LiveSession[]
  nextUri?: string
}

/** A page of calls and chats. */
export interface ConversationPage {
  entities: Conversation[]
  nextUri?: string
}

/** What the live page asks the collector. Each rejects with an `ApiError`. */
export interface Api {
  /** Visits. @param query of `GET /v1/sessions`, e.g. `{ status: 'live', limit: '200' }` */
  list(query: Record<string, string>): Promise<SessionPage>
  /** Calls and chats that go on now, the newest 200. */
  conversationsNow(): Promise<ConversationPage>
  /** So many calls and chats that are over, the newest first. */
  conversationsEnded(limit: number): Promise<ConversationPage>
  /** Follows `nextUri` of a list of calls and chats. */
  nextConversations(uri: string): Promise<ConversationPage>
  /** Follows `nextUri` of a list of sessions. */
  nextSessions(uri: string): Promise<SessionPage>
  session(id: string): Promise<LiveSession>
  /** The timeline from its start, or from where `nextUri` says. */
  events(id: string, uri?: string): Promise<EventPage>
  /** Calls and chats that grew from a session. */
  conversations(id: string): Promise<{ entities: Conversation[] }>
  /** @param query of `GET /v1/campaigns` */
  campaigns(query: Record<string, string>): Promise<CampaignPage>
  /** Follows `nextUri` of a list of campaigns. */
  nextCampaigns(uri: string): Promise<CampaignPage>
  /** @param query of `GET /v1/campaigns/landing` */
  landing(query: Record<string, string>): Promise<CheckedLanding>
  sites(): Promise<ConfiguredSite[]>
  definitions(kind: DefinitionKind): Promise<DefinitionList>
  /** Replaces a list, if it still is the one of that tag; else it rejects with the status 412. */
  putDefinitions(kind: DefinitionKind, entities: (ListedDefinition | DraftContent)[], tag: string): Promise<DefinitionList>
  /** Opens the stream of changes. */
  live(signal: AbortSignal): Promise<Response>
}

/** What the API needs from around it. */
export interface ApiOptions {
  fetch: (input: string, init: RequestInit) => Promise<Response>
  /** The key, read at each request. */
  key: () => string
  /** Milliseconds since 1970 by this device. */
  now: () => number
  onClock: (sample: ClockSample) => void
  /** The collector refuses the key. */
  onRefused: () => void
  /** Milliseconds until an answer has to be here whole. Default 30,000: a connection may be dead without a word, and a list wait for it for ever. */
  patience?: number
}

const usualPatience = 30_000

const eventsPerPage = '200'

const refusal = 'The collector does not accept this API key.'

/** What a header can carry. */
const keyShape = /^[\x20-\x7e\xa0-\xff]*$/

const toError = async (response: Response): Promise<ApiError> => {
  const { status } = response
  if (status === 401) return new ApiError(status, refusal)
  if (status === 404) return new ApiError(status, 'The collector does not know this.')
  if (status === 429) return new ApiError(status, 'Too many requests. Wait a moment and try again.')
  const problem = (await response.json().catch(() => ({}))) as { title?: unknown; detail?: unknown }
  const reason = problem.detail ?? problem.title
  if (typeof reason !== 'string') return new ApiError(status, `The collector answered ${status}.`)
  return new ApiError(status, `The collector answered ${status}: ${reason}.`, reason)
}

/** Only paths of the collector's own API are followed, whatever a list says, so that the key goes nowhere else. */
const toPath = (uri: string): string => {
  const base = 'http://collector.invalid'
  const { pathname, search } = new URL(uri, base)
  if (!pathname.startsWith('/v1/')) throw new ApiError(0, 'The collector named a next page that is not its own.')
  return pathname + search
}

/** Why there was no answer; what the page itself has given up is told as it is. */
const toFailure = (error: unknown, signal: AbortSignal | null | undefined): unknown => {
  if (!signal?.aborted) return new ApiError(0, 'The collector cannot be reached. Is it running?')
  const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  return isLate ? new ApiError(0, 'The collector has not answered in time. Try again.') : error
}

/** Creates the only place of the page that talks to the collector. */
export const createApi = ({ fetch, key, now, onClock, onRefused, patience = usualPatience }: ApiOptions): Api => {
  const request = async (path: string, init: RequestInit): Promise<Response> => {
    const sentAt = now()
    const used = key()
    if (!keyShape.test(used)) {
      onRefused()
      throw new ApiError(401, refusal)
    }
    const headers = { authorization: `Bearer ${used}`, ...init.headers }
    const response = await fetch(path, { ...init, headers, cache: 'no-store' }).catch((error: unknown) => {
      throw toFailure(error, init.signal)
    })
    const date = Date.parse(response.headers.get('date') ?? '')
    if (!Number.isNaN(date)) onClock({ date, sentAt, receivedAt: now() })
    if (response.ok) return response
    // Somebody may have signed in with another key in the meantime.
    if (response.status === 401 && used === key()) onRefused()
    throw await toError(response)
  }

  const parse = <T>(response: Response): Promise<T> =>
    response.json().catch(() => {
      throw new ApiError(response.status, 'The answer was cut off. Try again.')
    }) as Promise<T>

  const accept = { accept: 'application/json' }

  const inTime = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(patience) })

  const read = async <T>(path: string): Promise<T> => parse(await request(path, { headers: accept, ...inTime() }))

  const readList = async (kind: DefinitionKind, init: RequestInit): Promise<DefinitionList> => {
    const response = await request(`/v1/${kind}`, { ...init, ...inTime() })
    return { ...(await parse<Omit<DefinitionList, 'tag'>>(response)), tag: response.headers.get('etag') ?? '*' }
  }

  const sessionPath = (id: string): string => `/v1/sessions/${encodeURIComponent(id)}`

  const toQuery = (query: Record<string, string>): string => new URLSearchParams(query).toString()

  return {
    list: query => read(`/v1/sessions?${toQuery({ type: 'visit', ...query })}`),
    conversationsNow: () => read('/v1/sessions?type=conversation&status=live&limit=200'),
    conversationsEnded: limit => read(`/v1/sessions?type=conversation&status=ended&limit=${limit}`),
    nextConversations: async uri => read(toPath(uri)),
    nextSessions: async uri => read(toPath(uri)),
    session: id => read(sessionPath(id)),
    events: async (id, uri) => read(uri ? toPath(uri) : `${sessionPath(id)}/events?limit=${eventsPerPage}`),
    conversations: id => read(`${sessionPath(id)}/conversations`),
    campaigns: query => read(`/v1/campaigns?${toQuery(query)}`),
    nextCampaigns: async uri => read(toPath(uri)),
    landing: query => read(`/v1/campaigns/landing?${toQuery(query)}`),
    sites: async () => (await read<{ entities: ConfiguredSite[] }>('/v1/sites')).entities,
    definitions: kind => readList(kind, { headers: accept }),
    putDefinitions: (kind, entities, tag) =>
      readList(kind, { method: 'PUT', body: JSON.stringify({ entities }), headers: { ...accept, 'content-type': 'application/json', 'if-match': tag } }),
    live: signal => request('/v1/live', { signal, headers: { accept: 'text/event-stream' } }),
  }
}
