import type { CustomerKey, Event } from '../../model/event.ts'
import { phonesOf } from './phonesOf.ts'

/** Customers whom an event names: the one who is there from now on, also by their phone number, or has been there since before the session. */
export const customersOf = (event: Event): CustomerKey[] => {
  const before = event.start?.customer ? [event.start.customer] : []
  return event.type === 'identify' ? [event.customer, ...phonesOf(event).map(id => ({ id, type: 'phone' })), ...before] : before
}
