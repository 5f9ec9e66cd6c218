import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { toPageOptions } from '../settings/pageOptions.ts'
import { ProblemError } from '../problem.ts'
import { toNextUri } from '../reading/query.ts'
import type { Site } from '../site.ts'
import { dayLength, type CampaignDay, type CampaignFilter, type CampaignReader } from './campaignCounts.ts'
import type { CheckLanding } from './checkLanding.ts'
import { parseCampaignQuery, parseLandingQuery, parseTouchQuery } from './parseCampaignQuery.ts'
import type { VisitorTouches } from './touches.ts'

export interface CampaignRouteOptions {
  /** What campaigns have led to. */
  campaigns: CampaignReader['campaigns']
  sites: readonly Site[]
  checkLanding: CheckLanding
  /** What has brought a visitor of a site; undefined for whom the site does not know. */
  touchesOf(site: string, visitorId: string): VisitorTouches | undefined
  /** Milliseconds since 1970. */
  now(): number
  /** Lets only those through who know the API key. */
  authorize: onRequestHookHandler
}

interface Request {
  Params: { id: string }
  Querystring: Record<string, unknown>
}

const toDateTime = (day: number): string => new Date(day * dayLength).toISOString()

/** The days that a list is about, for its next part: it is about the same ones when the next day has begun meanwhile. */
const toBounds = ({ fromDay, toDay }: CampaignFilter) => ({ from: toDateTime(fromDay), to: toDateTime(toDay + 1) })

const toServedDay = ({ day, ...counts }: CampaignDay) => ({ date: toDateTime(day).slice(0, 10), ...counts })

/** A site as the configuration has it, without what is secret. */
const toServedSite = (site: Site) => {
  const { id, origins, campaign } = site
  return { id, origins, ...(campaign && { campaign }), pageOptions: toPageOptions(site) }
}

/** Which campaigns led to the site, what a link counts as, and how the sites read campaigns. */
export const campaignRoutes = (app: FastifyInstance, { campaigns, sites, checkLanding, touchesOf, now, authorize }: CampaignRouteOptions): void => {
  app.get<Request>('/v1/campaigns', { onRequest: authorize }, async ({ query }, reply) => {
    const { filter, limit, cursor } = parseCampaignQuery(query, now())
    const { entities, next } = campaigns(filter, { limit, ...(cursor !== undefined && { after: cursor }) })
    return reply.header('cache-control', 'no-store').send({
      entities: entities.map(({ days, ...totals }) => ({ ...totals, days: days.map(toServedDay) })),
      ...(next !== undefined && { nextUri: toNextUri('/v1/campaigns', { ...toBounds(filter), ...query }, next) }),
    })
  })

  app.get<Request>('/v1/campaigns/landing', { onRequest: authorize }, async ({ query }, reply) => {
    const { site: id, ...landing } = parseLandingQuery(query)
    const site = sites.find(each => each.id === id)
    if (!site) throw new ProblemError('invalid-query', { detail: `site: expected one of ${sites.map(each => each.id).join(', ')}` })
    return reply.header('cache-control', 'no-store').send(checkLanding(landing, site))
  })

  app.get<Request>('/v1/visitors/:id/touches', { onRequest: authorize }, async ({ params, query }, reply) => {
    const { id, site } = parseTouchQuery(params.id, query)
    const asked = site === undefined ? sites.map(each => each.id) : [site]
    return reply.header('cache-control', 'no-store').send({ entities: asked.flatMap(each => touchesOf(each, id) ?? []) })
  })

  app.get('/v1/sites', { onRequest: authorize }, async (_request, reply) => reply.header('cache-control', 'no-store').send({ entities: sites.map(toServedSite) }))
}
