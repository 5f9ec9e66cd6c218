import ipaddr from 'ipaddr.js'
import { createLookup } from './createLookup.ts'

type Network = ReturnType<typeof ipaddr.parseCIDR>

const parseAddress = (text: string): ReturnType<typeof ipaddr.process> | undefined => {
  // Some proxies add the port: 192.0.2.1:4711, [2001:db8::1]:4711.
  const bare = text.trim().replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  // What has fewer parts, or zeros before them, some read as another address.
  return ipaddr.IPv6.isValid(bare) || ipaddr.IPv4.isValidFourPartDecimal(bare) ? ipaddr.process(bare) : undefined
}

/** Bits before an IPv4 address that is written as one of IPv6. */
const mappedBits = 96

/** Addresses are compared as IPv4 where they are such ones, however they are written; so is a network of them. */
const toPlain = ([address, bits]: Network): Network =>
  address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= mappedBits ? [address.toIPv4Address(), bits - mappedBits] : [address, bits]

/** A network in CIDR notation, or a single address. */
export const parseNetwork = (text: string): Network | undefined => {
  const address = parseAddress(text.replace(/\/\d+$/, ''))
  if (!address) return undefined
  if (!text.includes('/')) return [address, address.kind() === 'ipv4' ? 32 : 128]
  return ipaddr.isValidCIDR(text) ? toPlain(ipaddr.parseCIDR(text)) : undefined
}

/**
 * Finds the address of the visitor: that of the connection, unless it is a proxy that is trusted to say for whom it speaks.
 *
 * @param trustedProxies networks such as `10.0.0.0/8`
 * @returns a function of the connection's address and the `X-Forwarded-For` header; undefined where the connection has none
 */
export const createClientAddress = (trustedProxies: readonly string[]) => {
  const networks = trustedProxies.map(parseNetwork).filter(network => network !== undefined)
  const isTrusted = (address: ReturnType<typeof ipaddr.process>): boolean =>
    networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
  // Visitors come again and again, proxies with every request.
  const parseKnown = createLookup((text: string) => parseAddress(text) ?? null)

  const toText = createLookup((connection: string) => parseKnown(connection)?.toString() ?? '')

  return (connection: string | undefined, forwardedFor: string | undefined): string | undefined => {
    if (forwardedFor === undefined) return toText(connection ?? '') || undefined
    let address = parseKnown(connection ?? '')
    const hops = forwardedFor.split(',')
    // The last entry was added by the proxy that is connected, the one before it by the proxy in front of that, and so on.
    while (address && isTrusted(address) && hops.length) {
      const before = parseKnown(hops.pop()!)
      if (!before) break
      address = before
    }
    return address?.toString()
  }
}

export type ClientAddress = ReturnType<typeof createClientAddress>
