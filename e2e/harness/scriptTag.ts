/** The tag that a site owner pastes. @param data attributes, e.g. `{ 'data-keep-fragment': 'true' }` */
export const scriptTag = (collector: string, site: string, data: Record<string, string> = {}): string => {
  const attributes = Object.entries({ src: `${collector}/sojourn.js`, 'data-site': site, ...data }).map(([name, value]) => ` ${name}="${value}"`)
  return `<script async${attributes.join('')}></script>`
}
