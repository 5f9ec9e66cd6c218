import type { Collector } from '../harness/startCollector.ts'
import { loadClient } from './loadClient.ts'

/** A session in the words of Vapi. */
export type VapiSession = Record<string, unknown> & { id: string }

/** As much of `@vapi-ai/server-sdk` as is used here. */
export interface VapiClient {
  sessions: {
    create(request: object): Promise<VapiSession>
    get(request: { id: string }, options?: object): Promise<VapiSession>
    list(request?: object): Promise<{ results: VapiSession[]; metadata: object }>
    update(request: { id: string } & Record<string, unknown>): Promise<VapiSession>
    delete(request: { id: string }): Promise<VapiSession>
  }
}

interface Vapi {
  VapiClient: new (options: { token: string; baseUrl: string; maxRetries?: number }) => VapiClient
}

const { VapiClient } = loadClient('@vapi-ai/server-sdk') as Vapi

/** The vendor's client, unmodified, pointed at a collector. */
export const connectVapi = ({ url, apiKey }: Pick<Collector, 'url' | 'apiKey'>, more: { maxRetries?: number } = {}): VapiClient => new VapiClient({ token: apiKey, baseUrl: url, ...more })
