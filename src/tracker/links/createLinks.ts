import type { TrackerOptions } from '../options.ts'
import type { Change } from '../platform.ts'
import type { TrackerRecord } from '../store/record.ts'
import { adoptCarried, countOnward, parseCarried, toCarried } from './carried.ts'
import { parseToken, toToken, type Landing } from './token.ts'
import { startDecorator } from './startDecorator.ts'

/** URL parameter of decorated links. */
const parameter = 'sojourn'
/** Seconds that the cookie lives after the visitor was last here: as long as browsers allow (400 days). */
const cookieSeconds = 34_560_000

/** How a visit goes on from one origin to another. */
export interface Links {
  /** Changes a record that has learnt what other origins know, and tells them what became of it. */
  cross(record: TrackerRecord, change: (record: TrackerRecord) => Change): Change
  /** The address, with the visit added to it if it leads to one of `linkDomains`. */
  decorate(address: string): string
}

const parseAddress = (address: string): Pick<URL, 'href' | 'protocol' | 'hostname'> => {
  try {
    return new URL(address, document.baseURI)
  } catch {
    return { href: address, protocol: '', hostname: '' }
  }
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const without = (address: string): string => address.replace(new RegExp(`([?&])${parameter}=[^&#]*&?`), '$1').replace(/[?&](?=#|$)/, '')

/** Reads and writes the cookie that all subdomains share; without one, and where cookies are blocked, there is none. */
const createMirror = (name: string, domain: string | undefined) => ({
  read: (): string | undefined => {
    try {
      const found = domain && new RegExp(`(?:^|; )${escape(name)}=([^;]*)`).exec(document.cookie)?.[1]
      return found && decodeURIComponent(found)
    } catch {
      return undefined
    }
  },
  write: (text: string): boolean => {
    try {
      if (domain) document.cookie = `${name}=${encodeURIComponent(text)};domain=${domain};path=/;max-age=${cookieSeconds};samesite=lax${location.protocol === 'https:' ? ';secure' : ''}`
      return true
    } catch {
      return false
    }
  },
})

/**
 * Takes over the visit that a link has brought, and removes the parameter from the address. From then on links to `linkDomains`
 * take the visit along.
 *
 * @param known the record of this origin
 */
export const createLinks = ({ site, anonymous, ...options }: TrackerOptions, known: () => TrackerRecord | undefined, isStopped: () => boolean): Links => {
  // What nobody is to recognise goes nowhere.
  const { cookieDomain, linkDomains = [] } = anonymous ? {} : options
  const mirror = createMirror(`sojourn.${site}`, cookieDomain)
  const browser = [site, navigator.userAgent, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone].join()
  const isLinked = (hostname: string): boolean =>
    hostname !== location.hostname && linkDomains.some(domain => hostname === domain || hostname.endsWith(`.${domain}`))

  /** A token is only taken from a page of the linked domains, as far as the browser tells. */
  const readLanding = (): Landing | undefined => {
    const token = new URL(location.href).searchParams.get(parameter)
    if (token === null || !linkDomains.length) return undefined
    history.replaceState(history.state, '', without(location.href))
    const isTrusted = !document.referrer || isLinked(new URL(document.referrer).hostname)
    return isTrusted ? parseToken(token, browser, performance.timeOrigin) : undefined
  }
  let landing = readLanding()

  const adopt = (record: TrackerRecord): TrackerRecord => {
    const shared = parseCarried(mirror.read() ?? '')
    const own = shared ? adoptCarried(record, shared) : record
    // Taken over for certain only when it is known: a transaction may have to be repeated.
    if (landing && landing.at <= (known()?.landedAt ?? 0)) landing = undefined
    // Each token counts once: one that is older than the last has had its turn, or stands in a copy of the address.
    return landing && landing.at > (own.landedAt ?? 0) ? { ...adoptCarried(own, landing.carried), landedAt: landing.at } : own
  }

  const decorate = (address: string): string => {
    const { href, protocol, hostname } = parseAddress(address)
    const record = known()
    const carried = record && toCarried(record)
    if (isStopped() || !carried || !/^https?:$/.test(protocol) || !isLinked(hostname)) return address
    const [, start = '', fragment = ''] = /^([^#]*)(.*)$/.exec(without(href)) ?? []
    return `${start}${start.includes('?') ? '&' : '?'}${parameter}=${toToken({ at: Date.now(), carried }, browser)}${fragment}`
  }

  if (linkDomains.length) startDecorator(decorate, parameter)
  return {
    cross: (record, change) => {
      const adopted = adopt(record)
      const [message, events = []] = change(adopted)
      const counted = countOnward(adopted, message.record, events)
      const carried = toCarried(counted)
      if (carried) mirror.write(JSON.stringify(carried))
      return [{ ...message, record: { ...counted, reset: carried?.reset } }, events]
    },
    decorate,
  }
}
