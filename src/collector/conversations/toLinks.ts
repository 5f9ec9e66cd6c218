import type { Link } from './documentStore.ts'
import { toE164 } from './toE164.ts'

/** What ties conversations to a web session, of what the session says of itself. */
export interface LinkedSession {
  id: string
  shortId?: string | undefined
  customerId?: string | undefined
  visitorId?: string | undefined
  /** As the page has told them, E.164. */
  phones?: readonly string[] | undefined
}

/** The links by which conversations of a session are found. */
export const toLinks = ({ id, shortId, customerId, visitorId, phones = [] }: LinkedSession): Link[] => {
  const phone = customerId === undefined ? undefined : toE164(customerId)
  return [
    { by: 'session', value: id },
    ...(shortId === undefined ? [] : [{ by: 'shortId', value: shortId } as const]),
    ...[customerId, visitorId].flatMap(value => (value === undefined ? [] : [{ by: 'customer', value } as const])),
    ...[...new Set([...phones, ...(phone === undefined ? [] : [phone])])].map((value): Link => ({ by: 'phone', value })),
  ]
}
