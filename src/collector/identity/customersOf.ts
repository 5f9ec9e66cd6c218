import type { CustomerKey, Event } from '../../model/event.ts'

/** Customers whom an event names: the one who is there from now on, or has been there since before the session. */
export const customersOf = (event: Event): CustomerKey[] => [
  ...(event.type === 'identify' ? [event.customer] : []),
  ...(event.start?.customer ? [event.start.customer] : []),
]
