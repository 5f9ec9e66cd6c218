/** A call to a contact centre as its analytics tell it: the customer, a flow, a queue, an agent. */
export const aCall = {
  conversationId: 'c3b6ee1e-3b8a-4f4e-9d0c-1f6f2a2f5a11',
  conversationStart: '2026-08-01T12:05:00.000Z',
  conversationEnd: '2026-08-01T12:11:30.000Z',
  originatingDirection: 'inbound',
  divisionIds: ['d-1'],
  mediaStatsMinConversationMos: 4.87,
  mediaStatsMinConversationRFactor: 92.1,
  participants: [
    {
      participantId: 'p-1',
      participantName: 'Amsterdam',
      purpose: 'customer',
      externalContactId: 'contact-1',
      attributes: { shortId: '4711', 'Any Name': 'kept_as_it_is' },
      sessions: [
        {
          sessionId: 's-1',
          mediaType: 'voice',
          provider: 'Edge',
          direction: 'inbound',
          ani: 'tel:+31201234567',
          dnis: 'tel:+31880000000',
          sessionDnis: 'tel:+31880000000',
          protocolCallId: 'sip-1',
          requestedRoutings: ['Standard', 'TimeTravel'],
          mediaEndpointStats: [{ codecs: ['audio/opus'], minMos: 4.87, minRFactor: 92.1, maxLatencyMs: 12, receivedPackets: 18_000, eventTime: '2026-08-01T12:11:30.000Z' }],
          metrics: [{ name: 'nConnected', value: 1, emitDate: '2026-08-01T12:05:00.000Z' }],
          segments: [{ segmentStart: '2026-08-01T12:05:00.000Z', segmentEnd: '2026-08-01T12:11:30.000Z', segmentType: 'interact', disconnectType: 'peer', q850ResponseCodes: [16] }],
        },
      ],
    },
    {
      participantId: 'p-2',
      purpose: 'ivr',
      sessions: [
        {
          sessionId: 's-2',
          mediaType: 'voice',
          provider: 'Edge',
          flow: {
            flowId: 'f-1',
            flowName: 'Welcome',
            flowType: 'INBOUNDCALL',
            exitReason: 'TRANSFER',
            outcomes: [{ flowOutcomeId: 'o-1', flowOutcomeValue: 'SUCCESS', flowOutcomeStartTimestamp: '2026-08-01T12:05:01.000Z' }],
          },
          segments: [{ segmentStart: '2026-08-01T12:05:01.000Z', segmentEnd: '2026-08-01T12:05:40.000Z', segmentType: 'ivr' }],
        },
      ],
    },
    {
      participantId: 'p-3',
      purpose: 'acd',
      sessions: [
        {
          sessionId: 's-3',
          mediaType: 'voice',
          provider: 'Edge',
          metrics: [
            { name: 'tFlowOut', value: 3, emitDate: '2026-08-01T12:05:50.000Z' },
            { name: 'tAnswered', value: 20_000, emitDate: '2026-08-01T12:06:00.000Z' },
          ],
          segments: [{ segmentStart: '2026-08-01T12:05:40.000Z', segmentEnd: '2026-08-01T12:06:00.000Z', segmentType: 'interact', queueId: 'q-1', disconnectType: 'transfer' }],
        },
      ],
    },
    {
      participantId: 'p-4',
      purpose: 'agent',
      userId: 'u-7',
      sessions: [
        {
          sessionId: 's-4',
          mediaType: 'voice',
          provider: 'Edge',
          peerId: 's-1',
          segments: [
            { segmentStart: '2026-08-01T12:06:00.000Z', segmentEnd: '2026-08-01T12:11:00.000Z', segmentType: 'interact', queueId: 'q-1', disconnectType: 'dndEndpoint' },
            { segmentStart: '2026-08-01T12:11:00.000Z', segmentEnd: '2026-08-01T12:11:30.000Z', segmentType: 'wrapup', queueId: 'q-1', wrapUpCode: 'solved', wrapUpNote: 'Parcel found', subject: 'Parcel' },
          ],
        },
      ],
    },
  ],
}

/** Path under which it is read as it was written. */
export const aCallPath = `/api/v2/analytics/conversations/${aCall.conversationId}/details`

/** What a Session says of it, in whatever words it is asked for. */
export const aCallAsSession = {
  id: aCall.conversationId,
  type: 'conversation',
  createdDate: aCall.conversationStart,
  endedDate: aCall.conversationEnd,
  durationInSeconds: 390,
  eventCount: 5,
  lastEvent: { id: 's-4', eventName: 'wrapup', createdDate: aCall.conversationEnd },
  conversation: { id: aCall.conversationId, selfUri: aCallPath },
  conversationChannels: [{ type: 'Voice', platform: 'Edge' }],
  conversationSubject: 'Parcel',
  originatingDirection: 'Inbound',
  lastConnectedQueue: { id: 'q-1' },
  lastConnectedUser: { id: 'u-7' },
  lastUserDisposition: { code: 'solved', notes: 'Parcel found', user: { id: 'u-7' } },
  lastUserDisconnectType: 'DoNotDisturbEndpoint',
  lastAcdOutcome: 'Answered',
  divisionIds: aCall.divisionIds,
  externalContact: { id: 'contact-1' },
  authenticated: false,
}
