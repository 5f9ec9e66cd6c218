import type { FastifyInstance } from 'fastify'
import type { ConversationModel } from '../conversations/conversationSession.ts'
import type { DialectOptions } from './dialect.ts'
import { analyticsModel } from './genesysAnalytics/analyticsModel.ts'
import { analyticsRoutes } from './genesysAnalytics/analyticsRoutes.ts'
import { deploymentRoutes } from './genesysJourney/deploymentRoutes.ts'
import { journeyDefinitionRoutes } from './genesysJourney/journeyDefinitionRoutes.ts'
import { journeyRoutes } from './genesysJourney/journeyRoutes.ts'
import { labelRoutes } from './syllable/labelRoutes.ts'
import { syllableModel } from './syllable/syllableModel.ts'
import { syllableRoutes } from './syllable/syllableRoutes.ts'
import { vapiModel } from './vapi/vapiSession.ts'
import { vapiRoutes } from './vapi/vapiRoutes.ts'

export type DialectRouteOptions = DialectOptions

/** Models of other vendors in which conversations are read and written. */
export const dialectModels: readonly ConversationModel[] = [vapiModel, analyticsModel, syllableModel]

/** The paths of other vendors' APIs, for their clients. */
export const dialectRoutes = (app: FastifyInstance, options: DialectRouteOptions): void => {
  for (const addRoutes of [vapiRoutes, analyticsRoutes, journeyRoutes, journeyDefinitionRoutes, deploymentRoutes, syllableRoutes, labelRoutes]) addRoutes(app, options)
}
