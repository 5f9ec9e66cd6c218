import { toPageOptions } from './pageOptions.ts'
import type { Site } from './site.ts'
import { toStaticFile, type StaticFile } from './staticFiles.ts'

/** The script, with the options that sites have in the configuration. */
export interface ScriptVariants {
  /** With the options of all sites: for the tag that says nothing but the site's name. */
  all: StaticFile
  /** With those of one site: for `/sojourn.js?site=<id>`. */
  of(site: string): StaticFile
  /** Bytes by which the options of all sites make the script longer, before it is compressed. */
  added: number
}

/**
 * Left on the script's own tag, where no other script of the page looks or is in the way. The script reads them there before its first
 * pageview, without a request; see `scriptOptions.ts` of the tracker. As a module the script has no tag, and does nothing.
 */
const toPrefix = (options: Record<string, object>): string =>
  Object.keys(options).length ? `(document.currentScript||{}).sites=${JSON.stringify(options)};\n` : ''

/** Puts options of sites before the script. Where no site has any, it is served as it was built. */
export const createScriptVariants = (script: Buffer, sites: readonly Site[]): ScriptVariants => {
  const configured = sites.map(site => [site.id, toPageOptions(site)] as const).filter(([, options]) => Object.keys(options).length)
  const prefix = toPrefix(Object.fromEntries(configured))
  const bare = toStaticFile('sojourn.js', script)
  const withPrefix = (text: string): StaticFile => (text ? toStaticFile('sojourn.js', Buffer.concat([Buffer.from(text), script])) : bare)
  const bySite = new Map(configured.map(([id, options]) => [id, withPrefix(toPrefix({ [id]: options }))]))
  return { all: withPrefix(prefix), of: site => bySite.get(site) ?? bare, added: Buffer.byteLength(prefix) }
}
