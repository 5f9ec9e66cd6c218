import { toConversationFacts, type ConversationModel } from '../../conversations/conversationSession.ts'
import type { Facets, ForeignDocument, JsonObject, Link } from '../../conversations/documentStore.ts'
import { toE164 } from '../../conversations/toE164.ts'

/** Kind of the documents. */
export const vapiKind = 'vapi.session'

/** Organisation that sessions belong to which say nothing about it. */
const ownOrganization = 'sojourn'

/** Lifetime of a session that says nothing about it: a day. */
const usualExpiration = 86_400

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const partOf = (body: JsonObject, name: string): JsonObject => {
  const part = body[name]
  return isObject(part) ? part : {}
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const instantOf = (value: unknown): number => Date.parse(String(value))

/** What a new session is told by, and when it is made: milliseconds since 1970. */
export interface VapiBirth {
  id: string
  now: number
}

/** A session as it is stored: as it came, with what the server gives to those that lack it. */
export const toVapiSession = (given: JsonObject, { id, now }: VapiBirth): JsonObject => {
  const createdAt = new Date(now).toISOString()
  return { id, orgId: ownOrganization, createdAt, updatedAt: createdAt, status: 'active', expirationSeconds: usualExpiration, ...given }
}

/** Instant from which a session is over whatever it says, milliseconds since 1970. */
export const expiresAt = (body: JsonObject): number => instantOf(body.createdAt) + Number(body.expirationSeconds) * 1000

/** A session as it is served at an instant: one that has expired is completed. */
export const toServedVapiSession = (body: JsonObject, now: number): JsonObject => (expiresAt(body) <= now ? { ...body, status: 'completed' } : body)

/** The customer, the phone and the web session; a chat widget passes the last as variables of the assistant. */
const toLinks = (body: JsonObject): Link[] => {
  const customer = partOf(body, 'customer')
  const variables = partOf(partOf(body, 'assistantOverrides'), 'variableValues')
  const phone = toE164(textOf(customer.number) ?? textOf(customer.sipUri) ?? '')
  const said: [Link['by'], unknown][] = [
    ['session', variables.journeySessionId],
    ['shortId', variables.shortId],
    ['customer', variables.customerId],
    ['customer', customer.externalId],
    ['customer', body.customerId],
    ['customer', customer.email],
    ['phone', phone],
  ]
  return said.flatMap(([by, value]) => {
    const text = textOf(value)
    return text === undefined ? [] : [{ by, value: text }]
  })
}

const textFacets = ['assistantId', 'squadId', 'workflowId', 'phoneNumberId'] as const
const customerFacets = ['number', 'sipUri', 'email', 'externalId', 'extension'] as const

const toFacets = (body: JsonObject): Facets => {
  const customer = partOf(body, 'customer')
  const texts: [string, string | undefined][] = [
    ...textFacets.map((name): [string, string | undefined] => [name, textOf(body[name])]),
    ...customerFacets.map((name): [string, string | undefined] => [name, textOf(customer[name])]),
  ]
  const names = [textOf(body.name), textOf(customer.name)].filter(name => name !== undefined)
  const { numberE164CheckEnabled } = customer
  return {
    ...Object.fromEntries(texts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    ...(names.length && { name: names }),
    ...(typeof numberE164CheckEnabled === 'boolean' && { numberE164CheckEnabled: String(numberE164CheckEnabled) }),
    ...(typeof body.cost === 'number' && { cost: body.cost }),
    id: String(body.id),
    createdAt: instantOf(body.createdAt),
    updatedAt: instantOf(body.updatedAt),
  }
}

/** How a session is stored, and what it is found by. */
export const toVapiDocument = (body: JsonObject): { document: ForeignDocument; facets: Facets } => ({
  document: { kind: vapiKind, id: String(body.id), at: instantOf(body.createdAt), body, links: toLinks(body) },
  facets: toFacets(body),
})

const toChannel = (body: JsonObject) => ({ type: body.phoneNumberId ?? body.phoneNumber ? 'Message' : 'Webchat', platform: 'Vapi' })

/** Sessions of Vapi as conversations. */
export const vapiModel: ConversationModel = {
  name: 'vapi',
  kind: vapiKind,
  toUri: id => `/session/${encodeURIComponent(id)}`,
  toFacts: ({ id, body, at }, now) => {
    const end = expiresAt(body) <= now ? expiresAt(body) : body.status === 'completed' ? instantOf(body.updatedAt) : undefined
    const count = Array.isArray(body.messages) ? body.messages.length : 0
    const customer = partOf(body, 'customer')
    const customerId = textOf(customer.externalId) ?? textOf(body.customerId)
    const changedDate = new Date(instantOf(body.updatedAt)).toISOString()
    return toConversationFacts({
      status: end === undefined ? 'active' : 'ended',
      createdDate: new Date(at).toISOString(),
      endedDate: end === undefined ? undefined : new Date(end).toISOString(),
      durationInSeconds: end === undefined ? undefined : Math.max(0, Math.round((end - at) / 1000)),
      customerId: customerId ?? textOf(customer.number),
      customerIdType: customerId !== undefined ? 'external' : textOf(customer.number) === undefined ? undefined : 'phone',
      eventCount: count,
      lastEvent: { id, eventName: count ? 'message' : 'session.created', createdDate: changedDate },
      conversation: { id, selfUri: `/session/${encodeURIComponent(id)}` },
      conversationChannels: [toChannel(body)],
      conversationSubject: textOf(body.name),
      originatingDirection: 'Inbound',
      lastConnectedUser: textOf(body.assistantId) === undefined ? undefined : { id: String(body.assistantId) },
      authenticated: false,
    })
  },
}
