const text = { type: 'string', minLength: 1, maxLength: 4096 } as const
const instant = { type: 'string', format: 'date-time' } as const
const reference = { type: 'object', properties: { id: text, selfUri: text } } as const

const channel = {
  type: 'object',
  properties: { type: { ...text, description: 'E.g. `Voice`, `Webchat`, `Message`, `Email`.' }, messageType: text, platform: text },
  required: ['type'],
} as const

const disposition = { type: 'object', properties: { code: text, notes: text, user: reference }, required: ['code', 'user'] } as const

const caseAssociation = {
  type: 'object',
  properties: { id: text, associatedCase: reference, caseReference: text, dateAssociated: instant, selfUri: text },
  required: ['id'],
} as const

/** What ties a conversation to the web session that it grew from. */
const linkProperties = {
  sessionId: { ...text, description: 'The web session, as `tracker.journeyContext()` tells it to a chat widget.' },
  shortId: { ...text, pattern: '^[0-9]{4,6}$', description: 'What the visitor has read out.' },
  customerId: { ...text, description: 'The customer, as the page said by `identify`, or the visitor id.' },
  customerIdType: text,
  phoneNumber: { ...text, description: 'Of the customer, with the country code: E.164, `tel:` or as people write it.' },
} as const

/** Body of `POST /v1/conversations`. Fields that are not named here are kept and given back. */
export const ownConversationSchema = {
  type: 'object',
  properties: {
    id: { ...text, maxLength: 255, description: 'Default: a new UUID. A conversation of that id is replaced.' },
    ...linkProperties,
    createdDate: { ...instant, description: 'When it began. Default: now.' },
    endedDate: { ...instant, description: 'Absent while it goes on.' },
    conversationChannels: { type: 'array', items: channel, maxItems: 100 },
    conversationSubject: text,
    originatingDirection: { ...text, description: '`Inbound` or `Outbound`.' },
    lastConnectedQueue: reference,
    lastConnectedUser: reference,
    lastUserDisposition: disposition,
    lastUserDisconnectType: text,
    lastAcdOutcome: text,
    externalId: text,
    externalUrl: text,
    externalContact: reference,
    caseEntity: reference,
    caseReference: text,
    caseStatus: { ...text, description: '`Open`, `InProgress`, `Terminated` or `Closed`.' },
    caseAssociations: { type: 'array', items: caseAssociation, maxItems: 100 },
    divisionIds: { type: 'array', items: text, maxItems: 100 },
  },
} as const
