import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Actions } from '../actions/createActions.ts'
import type { Conversations } from '../conversations/createConversations.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Query } from '../reading/query.ts'
import type { DefinitionStore } from '../segments/createDefinitionStore.ts'
import type { SessionReader } from '../sessionStore.ts'
import type { Site } from '../site.ts'

/** What the routes of a dialect are made from. */
export interface DialectOptions {
  conversations: Conversations
  actions: Actions
  query: Query
  definitions: DefinitionStore
  /** Lets only those through who know the API key, and not too often. */
  authorize: onRequestHookHandler
  /** Bounds how often somebody without a key may ask. */
  limit: onRequestHookHandler
  /** True for somebody who knows the API key. */
  isAuthorized(request: FastifyRequest): boolean
  sites: readonly Site[]
  sessions: SessionReader
  /** The way of a batch into the log. */
  ingest: Ingest
  /** Milliseconds since 1970. */
  now(): number
  /** A new id, a UUID. */
  createId(): string
}

/** Adds the routes of a dialect. */
export type DialectRoutes = (app: FastifyInstance, options: DialectOptions) => void
