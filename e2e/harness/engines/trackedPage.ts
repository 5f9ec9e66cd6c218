/** The stub that the README gives, for calls before the script has loaded. */
export const stub = 'window.sojourn=window.sojourn||function(){(sojourn.q=sojourn.q||[]).push(arguments)}'

export interface PageParts {
  /** The tag of the tracker; none for a page of somebody else. */
  tag?: string
  body?: string
  /** Runs before the tracker. */
  script?: string
}

/** Tells the site's server what goes wrong in the page, at once: the page may be gone before anybody asks. */
const watch = `for (const name of ['error', 'unhandledrejection', 'securitypolicyviolation']) addEventListener(name, ({ message, reason, violatedDirective, blockedURI }) =>
  navigator.sendBeacon('/troubles', String(message ?? reason ?? violatedDirective + ' ' + blockedURI)))
const { error } = console
console.error = (...told) => (navigator.sendBeacon('/troubles', told.join(' ')), error.apply(console, told))`

/** A page of a tracked site. */
export const trackedPage = (title: string, { tag = '', body = '', script = '' }: PageParts = {}): string => `<!doctype html>
<html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"><script>${watch}
${stub}
${script}</script>${tag}</head><body><h1>${title}</h1>${body}</body></html>`
