import type { FastifyInstance } from 'fastify'
import type { ConversationModel } from '../conversations/conversationSession.ts'
import type { DialectOptions } from './dialect.ts'
import { vapiModel } from './vapi/vapiSession.ts'
import { vapiRoutes } from './vapi/vapiRoutes.ts'

export type DialectRouteOptions = DialectOptions

/** Models of other vendors in which conversations are read and written. */
export const dialectModels: readonly ConversationModel[] = [vapiModel]

/** The paths of other vendors' APIs, for their clients. */
export const dialectRoutes = (app: FastifyInstance, options: DialectRouteOptions): void => {
  for (const addRoutes of [vapiRoutes]) addRoutes(app, options)
}
