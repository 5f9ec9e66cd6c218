import type { TrackerRecord } from './store/record.ts'

/** Customer and session, in the shape of Genesys Cloud's web messaging. */
export interface JourneyContext {
  customer: { id: string; idType: string }
  customerSession: { id: string; type: string }
}

/** What a conversation is linked to a visit by: the customer is the visitor until somebody was named, as in the Session. */
export const toJourneyContext = ({ visitor, session, customer }: TrackerRecord): JourneyContext | undefined =>
  session && {
    customer: customer ? { id: customer.id, idType: customer.type } : { id: visitor, idType: 'cookie' },
    customerSession: { id: session.id, type: session.start?.type ?? 'web' },
  }
