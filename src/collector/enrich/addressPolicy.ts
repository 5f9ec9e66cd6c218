import ipaddr from 'ipaddr.js'

/** How much of a visitor's address is kept: all, the network it is in, or nothing. */
export type AddressPolicy = 'full' | 'truncated' | 'none'

export const addressPolicies: readonly AddressPolicy[] = ['full', 'truncated', 'none']

/** Bits that say the network: what providers give to one of their sites or more. */
const networkBits = { ipv4: 24, ipv6: 48 }

/** The network an address is in, e.g. `192.0.2.0`, `2001:db8:1::`. */
export const toNetwork = (address: string, bits = networkBits): string => {
  const parsed = ipaddr.process(address)
  const kind = parsed.kind()
  return ipaddr[kind === 'ipv4' ? 'IPv4' : 'IPv6'].networkAddressFromCIDR(`${parsed.toString()}/${bits[kind]}`).toString()
}

/** What may be kept of an address. */
export const applyAddressPolicy = (policy: AddressPolicy, address: string | undefined): string | null => {
  if (policy === 'none' || address === undefined) return null
  return policy === 'full' ? address : toNetwork(address)
}
