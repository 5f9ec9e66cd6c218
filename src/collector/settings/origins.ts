import type { Site } from '../site.ts'

/** Scheme, host and port, with `*` for one label of the host or for the port; or `null`, the origin of sandboxed pages and files. */
const originPattern = /^(null|[a-z][a-z0-9+.-]*:\/\/(\[[0-9a-f:]+\]|[a-z0-9*.-]+)(:(\d+|\*))?)$/

/** True for what may stand in `origins` of a site. */
export const isOriginPattern = (text: string): boolean => originPattern.test(text)

/** Browsers leave the usual port of a scheme out of `Origin`. */
const withoutUsualPort = (pattern: string): string => pattern.replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2')

const toExpression = (pattern: string): RegExp => {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/:\*$/, '(:\\d+)?').replaceAll('*', '[^./:]+')}$`)
}

/**
 * Tells which pages a site accepts.
 *
 * @returns a test of the `Origin` header. A request without one does not come from a page, and is not what origins are about.
 */
export const createOriginCheck = (sites: readonly Site[]) => {
  const expressions = new Map(sites.map(site => [site.id, site.origins.map(withoutUsualPort).map(toExpression)]))
  return (site: string, origin: string | undefined): boolean =>
    origin === undefined || (expressions.get(site) ?? []).some(expression => expression.test(origin))
}

export type OriginCheck = ReturnType<typeof createOriginCheck>

/** True for a host that pages of a site have, by the patterns of its origins. */
export const isOwnHost = (origins: readonly string[], hostname: string): boolean =>
  origins.some(origin => {
    const [, host] = /\/\/(\[.*\]|[^:]+)/.exec(origin) ?? []
    return host !== undefined && toExpression(host).test(hostname)
  })
