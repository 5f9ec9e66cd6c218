import { attempt } from '../model/index.ts'
import { kinds, type TrackerOptions } from './options.ts'

/** The tag of the script, on which the collector has left the options that its configuration has for pages, by site. */
interface ScriptTag extends HTMLScriptElement {
  sites?: Record<string, Partial<TrackerOptions>>
}

/** A `data-*` value as what its option takes: a text as it is, everything else as JSON. What is none is left as it is, to be told of as wrong. */
const parseValue = (name: string, text: string): unknown => (typeof kinds[name] === 'string' ? text : (attempt(() => JSON.parse(text) as unknown) ?? text))

/**
 * Reads the options of the script tag: `data-idle-after-seconds="60"` is `idleAfterSeconds: 60`, `data-options` takes all of
 * them as JSON. Those of the collector's configuration stand behind them. The collector defaults to the script's own origin.
 */
export const readScriptOptions = ({ src, sites, dataset }: ScriptTag): TrackerOptions => {
  const given = Object.entries(dataset).map(([name, text = '']) => [name, parseValue(name, text)])
  const { options, ...scalars } = Object.fromEntries(given) as TrackerOptions & { options?: object }
  const own = { ...(Object(options) === options ? options : { 'data-options': options }), ...scalars }
  return { collector: new URL(src, location.href).origin, ...sites?.[own.site], ...own }
}
