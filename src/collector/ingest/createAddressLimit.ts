import { toNetwork } from '../enrich/addressPolicy.ts'
import { createLookup } from '../enrich/createLookup.ts'
import { letThrough, type RateLimit } from '../rateLimit.ts'

/** An IPv6 subscriber has a whole network of addresses: it is limited as one. */
const subscriberBits = { ipv4: 32, ipv6: 64 }

/** Creates a bound of how often one address may send. What it creates throws a `ProblemError` for one that sends more often. */
export const createAddressLimit = (rateLimit: RateLimit) => {
  const toSubscriber = createLookup(address => toNetwork(address, subscriberBits))
  return (address: string | undefined): void => {
    if (address) letThrough(rateLimit, toSubscriber(address))
  }
}
