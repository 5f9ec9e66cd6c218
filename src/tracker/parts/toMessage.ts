import { limits } from '../../model/index.ts'
import type { TroubleCode } from '../emitter.ts'
import { toText } from '../toText.ts'

/** What a page may pass, by the call or by what is passed. */
const expectations: Record<string, string> = {
  screenview: `a name of 1 to ${limits.name} characters`,
  track: `a name of 1 to ${limits.name} letters, digits, _ and -`,
  identify: `an id, and a type where there is one, of 1 to ${limits.name} characters`,
  attributes: `at most ${limits.attributes}`,
  attribute: `a name of 1 to ${limits.attributeName} characters, and a text, number, boolean, date or list of them`,
  consent: 'granted or denied',
  on: 'active, idle, away, session, segment, outcome, delivered or error, and a function',
}

/** What a trouble means for the site's events, by its code and with the facts that are told with it. */
const words: Record<TroubleCode, (...facts: unknown[]) => string> = {
  unreachable: (status, url, cause) =>
    `events wait, and are sent later: ${status === 0 ? `no answer from ${url}, which is down, out of reach, or blocked by an extension` : `${url} answered ${status}`} (${cause})`,
  refused: (status, url, cause) => `events dropped: ${url} refused them for good with ${status}, and would again (${cause})`,
  tooLarge: (_, url) => `an event dropped: it alone is too large for ${url}`,
  rejected: (id, reason) => `event ${id} dropped: the collector found it wrong (${reason})`,
  cap: count => `${count} events dropped, the least telling and oldest ones: more wait than the outbox holds`,
  storage: cause => `the browser's storage is blocked, full or broken, so the tracker goes on in memory (${cause})`,
  argument: (what, given) => `${what}${given === undefined ? '' : ` ${toText(given).slice(0, 50)}`}: expected ${expectations[what as string]}`,
  internal: cause => `something of the tracker's or its handlers' failed, which the page must not notice (${cause})`,
}

/** Says in words what went wrong, and what became of the events. */
export const toMessage = (code: TroubleCode, facts: readonly unknown[]): string => words[code](...facts)
