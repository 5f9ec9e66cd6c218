import { removeTags } from '../autotrack/removeTags.ts'
import { searchForms } from '../autotrack/searchForms.ts'
import type { CommandQueue } from '../commands.ts'
import { readScriptOptions } from '../scriptOptions.ts'
import type { Tracker } from '../tracker.ts'

/** What the collector's configuration can switch on for the pages of a site, beside pageviews. */
export type SourceName = 'removeTags' | 'searchForms'

/** What takes the stub's place, and whether its sources have been started. */
type Commands = CommandQueue & { hasSources?: boolean }

/** The tracker behind the commands. */
const toTracker = (run: Commands): Pick<Tracker, 'track' | 'on' | 'flush' | 'shortId'> => ({
  track: (...args) => void run('track', ...args),
  on: (...args) => run('on', ...args) as () => void,
  flush: async () => void (await run('flush')),
  shortId: async () => (await run('shortId')) as string,
})

/**
 * What the script fetches where the configuration of its site asks for it: starts sources of events, once in a page. A page that tells
 * everything itself (`autotrack` is false) has none.
 *
 * @param tag of the script, with the page's own options
 * @param bySite what is switched on
 */
export const startSources = (tag: HTMLScriptElement, bySite: Partial<Record<string, readonly SourceName[]>>): void => {
  const { site, autotrack, searchParameters, excludedQueryParameters = [], keepFragment } = readScriptOptions(tag)
  const { sojourn: commands } = globalThis as { sojourn?: Commands }
  if (!commands?.started || commands.hasSources || autotrack === false) return
  commands.hasSources = true
  const sources = { removeTags: removeTags({ excludedQueryParameters, keepFragment }), searchForms: searchForms(searchParameters) }
  for (const name of bySite[site] ?? []) sources[name](toTracker(commands))
}
