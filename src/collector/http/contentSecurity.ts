/** Headers of everything that is served. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const

const toPolicy = (directives: Record<string, string>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ')

/** Nothing but the page's own files, and no script that came as text: what visitors send is shown on this page. */
const pagePolicy = toPolicy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
})

/** A shop with forms and pictures, all of its own. */
const demoPolicy = toPolicy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
})

const sameOrigin = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' } as const

/** Headers of the live page. It changes with the collector, so browsers ask each time whether it is still the same. */
export const pageHeaders = { 'content-security-policy': pagePolicy, ...sameOrigin, 'cache-control': 'no-cache' } as const

/**
 * Headers of the demo. Its pages pass their referrer on, as those of a shop do: links between them and from them are what it
 * demonstrates.
 */
export const demoHeaders = {
  'content-security-policy': demoPolicy,
  ...sameOrigin,
  'cache-control': 'no-cache',
  'referrer-policy': 'strict-origin-when-cross-origin',
} as const

/** Pages of any origin load these. */
const forAll = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } as const

/** Headers of what the script fetches: an hour old at most, and a day while a newer one is fetched. */
export const partHeaders = { ...forAll, 'cache-control': 'public, max-age=3600, stale-while-revalidate=86400' } as const

/**
 * Headers of the script. It brings the options of the configuration, and who changes those wants to see it: ten minutes old at most, and
 * an hour while a newer one is fetched. After that a browser asks, and is told in a few bytes that it has the newest.
 */
export const scriptHeaders = { ...forAll, 'cache-control': 'public, max-age=600, stale-while-revalidate=3600' } as const
