import { parseCarried, type Carried } from './carried.ts'

/** Milliseconds that a token is valid. */
const lifetime = 120_000

/** What goes along with a link, and when it was followed, milliseconds since 1970. */
export interface Landing {
  at: number
  carried: Carried
}

/** FNV-1a, 32 bits: it tells a token that was cut, or that another browser has made. It is no secret. */
const hash = (text: string): string => {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193) >>> 0
  return sum.toString(36)
}

/** @param browser what tells browsers and sites apart */
export const toToken = ({ at, carried }: Landing, browser: string): string => {
  const body = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(carried))))
  const text = `${at.toString(36)}.${body.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
  return `${text}.${hash(text + browser)}`
}

/** @returns undefined for what is no token of this browser, or is too old by the instant of arrival */
export const parseToken = (token: string, browser: string, arrivedAt: number): Landing | undefined => {
  try {
    const [time = '', body = '', sum] = token.split('.')
    const at = parseInt(time, 36)
    if (sum !== hash(`${time}.${body}${browser}`) || !(at <= arrivedAt + 1000 && at > arrivedAt - lifetime)) return undefined
    const bytes = Uint8Array.from(atob(body.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0))
    const carried = parseCarried(new TextDecoder().decode(bytes))
    return carried && { at, carried }
  } catch {
    return undefined
  }
}
