import { attempt } from '../model/index.ts'
import type { TrackerOptions } from './options.ts'

/** The tag of the script, on which the collector has left the options that its configuration has for pages, by site. */
interface ScriptTag extends HTMLScriptElement {
  sites?: Record<string, Partial<TrackerOptions>>
}

/** A `data-*` value as what its option takes: truth values and seconds are recognised, everything else is text. */
const parseValue = (name: string, text: string): unknown => (/^(true|false)$/.test(text) ? text === 'true' : /Seconds$/.test(name) ? Number(text) : text)

/** What is no JSON becomes an unknown option, so that the one message about wrong options names it. */
const parseJson = (json: string): object => attempt(() => JSON.parse(json) as object) ?? { 'data-options': json }

/**
 * Reads the options of the script tag: `data-idle-after-seconds="60"` is `idleAfterSeconds: 60`, `data-options` takes all of
 * them as JSON. Those of the collector's configuration stand behind them. The collector defaults to the script's own origin.
 */
export const readScriptOptions = ({ src, sites, dataset: { options = '{}', ...scalars } }: ScriptTag): TrackerOptions => {
  const given = Object.entries(scalars).map(([name, text = '']) => [name, parseValue(name, text)])
  const own = { ...parseJson(options), ...Object.fromEntries(given) } as TrackerOptions
  return { collector: new URL(src, location.href).origin, ...sites?.[own.site], ...own }
}
