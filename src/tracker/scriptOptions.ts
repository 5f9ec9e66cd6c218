import type { TrackerOptions } from './options.ts'

/** A `data-*` value as the option it stands for: numbers and truth values are recognised, everything else is text. */
const parseValue = (text: string): unknown => (/^(true|false|-?\d+(\.\d+)?)$/.test(text) ? JSON.parse(text) : text)

/** Options whose values are texts whatever they look like. */
const texts = ['site', 'type', 'collector', 'consent']

/**
 * Reads the options of the script tag: `data-idle-after-seconds="60"` is `idleAfterSeconds: 60`, `data-options` takes all of
 * them as JSON. The collector defaults to the script's own origin.
 */
export const readScriptOptions = (tag: HTMLScriptElement): TrackerOptions => {
  const { options = '{}', ...data } = tag.dataset
  const scalars = Object.entries(data).map(([name, text = '']) => [name, texts.includes(name) ? text : parseValue(text)])
  const given = { collector: new URL(tag.src, location.href).origin, ...parseOptions(options), ...Object.fromEntries(scalars) }
  return given as TrackerOptions
}

/** What is no JSON becomes an unknown option, so that the one message about wrong options names it. */
const parseOptions = (json: string): object => {
  try {
    return JSON.parse(json) as object
  } catch (cause) {
    return { 'data-options': String(cause) }
  }
}
