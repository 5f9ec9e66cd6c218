import type { JourneyGeolocation, Session } from '../model/session.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** Milliseconds as a running time: `0:07`, `12:30`, `1:02:03`. */
export const formatDuration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  return hours ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** Milliseconds in one unit, rounded down: `40 s`, `12 min`, `3 h`, `2 d`. */
export const formatSpan = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`
}

/** Date and time in the reader's language and time zone; what is no date is shown as it is. */
export const formatDate = (date: string | number): string => {
  const at = new Date(date)
  return Number.isNaN(at.getTime()) ? String(date) : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

/** Time of day in the reader's language and time zone. */
export const formatTime = (at: number): string =>
  Number.isNaN(new Date(at).getTime()) ? '' : new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Name of the country in the reader's language, else as the collector names it. */
export const countryName = (place: JourneyGeolocation | undefined): string => {
  if (!place?.country) return place?.countryName ?? ''
  if (!/^[A-Z]{2}$/.test(place.country)) return place.countryName ?? place.country
  const name = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'none' }).of(place.country)
  return name ?? place.countryName ?? place.country
}

/** The name by which a visitor is told apart: the short id, else the end of the session's id. */
export const visitorName = (session: Pick<Session, 'id' | 'shortId'>): string => session.shortId ?? `…${session.id.slice(-6)}`

/** Major version and name, `Firefox 140`. */
export const browserName = ({ browser }: Pick<Session, 'browser'>): string =>
  browser ? `${browser.family} ${browser.version.split('.')[0] ?? ''}`.trim() : ''

/** Kind of device and its system, `Mobile, Android`. */
export const deviceName = ({ device }: Pick<Session, 'device'>): string => {
  if (!device) return ''
  const kind = device.category === 'other' ? '' : device.category.charAt(0).toUpperCase() + device.category.slice(1)
  return [kind, device.osFamily].filter(Boolean).join(', ')
}

/** Path, query and fragment, as the address bar shows them after the host. */
export const pathOf = ({ pathname, queryString, fragment }: { pathname: string; queryString?: string; fragment?: string }): string =>
  `${pathname}${queryString ? `?${queryString}` : ''}${fragment ? `#${fragment}` : ''}`
