import { toPageOptions, toPageSources } from '../settings/pageOptions.ts'
import type { Site } from '../site.ts'
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

/**
 * After the script: fetches what some sites have switched on beside pageviews, and starts it. It lies beside the script, wherever that is; of
 * one that is written into the page, at the collector that its tag names.
 */
const toSuffix = (sources: Record<string, string[]>): string =>
  Object.keys(sources).length
    ? `\n;(t=>{t&&Promise.resolve().then(()=>import(new URL("sojourn-sources.js",t.src||t.dataset.collector+"/"))).then(m=>m.startSources(t,${JSON.stringify(sources)}),()=>0)})(document.currentScript);\n`
    : ''

/** Entries that say something. */
const given = <T extends object>(sites: readonly Site[], read: (site: Site) => T): Record<string, T> =>
  Object.fromEntries(sites.map((site): [string, T] => [site.id, read(site)]).filter(([, said]) => Object.keys(said).length))

/**
 * Puts options of sites before the script, and what they have switched on after it. Where no site has any, it is served as it was built.
 * A first line stays where it is: it tells the browser how to compile the script.
 */
export const createScriptVariants = (script: Buffer, sites: readonly Site[]): ScriptVariants => {
  const second = script.indexOf('\n') + 1
  const [hint, program] = [script.subarray(0, second), script.subarray(second)]
  const bare = toStaticFile('sojourn.js', script)
  const dress = (some: readonly Site[]): { file: StaticFile; added: number } => {
    const [before, after] = [toPrefix(given(some, toPageOptions)), toSuffix(given(some, toPageSources))].map(text => Buffer.from(text))
    const added = before!.length + after!.length
    return { file: added ? toStaticFile('sojourn.js', Buffer.concat([hint, before!, program, after!])) : bare, added }
  }
  const all = dress(sites)
  const bySite = new Map(sites.map(site => [site.id, dress([site]).file]))
  return { all: all.file, of: site => bySite.get(site) ?? bare, added: all.added }
}
