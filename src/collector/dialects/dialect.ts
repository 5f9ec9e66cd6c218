import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import type { Conversations } from '../conversations/createConversations.ts'
import type { Query } from '../query.ts'
import type { DefinitionStore } from '../segments/createDefinitionStore.ts'

/** What the routes of a dialect are made from. */
export interface DialectOptions {
  conversations: Conversations
  query: Query
  definitions: DefinitionStore
  /** Lets only those through who know the API key, and not too often. */
  authorize: onRequestHookHandler
  /** Milliseconds since 1970. */
  now(): number
  /** A new id, a UUID. */
  createId(): string
}

/** Adds the routes of a dialect. */
export type DialectRoutes = (app: FastifyInstance, options: DialectOptions) => void
