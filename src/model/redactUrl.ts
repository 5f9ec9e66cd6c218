import { limits } from './limits.ts'

/** Stands where personal data stood. Of characters that addresses keep, and that are part of no mail address. */
const redacted = '(redacted)'

/**
 * A mail address, also percent-encoded. Bounded, and looked for at the beginning of words alone, to
 * their end: time is linear in the text, and nothing that is left over looks like another one.
 */
const mailAddress = /(?<=^|%[\da-f]{2}|[^\w.+~'%-])(?:[\w.+~'-]|%2B|%2E|%5F|%2D){1,64}(?:@|%(?:25){0,3}40)(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}[\w.+~'-]*/gi

/** A JSON Web Token: its first part is JSON, which begins with `{"`, in base64. */
const webToken = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g

/** Scheme, user name and password, and host: what looks like a parameter there is none. */
const origin = /^([a-z][\w+.-]*:\/\/)(?:[^/?#]*@)?([^/?#]*)/i

const parameter = /([?&#;])([^=&#;?]{1,100})=([^&#]+)/g

/** Names of parameters whose value is a secret or a mail address. */
const secretName = /^(?:.*[_.-])?(?:token|passw(?:or)?d|passwd|pwd|secret|api[_-]?key|access[_-]?key|authorization|signature|jwt|session[_-]?id|otp|e-?mail|email[_-]?address)$/i

/** How names end whose values are taken out; and the last two characters of that, which are quicker to look at. */
const secretEnd = /(?:token|passw(?:or)?d|passwd|pwd|secret|key|authorization|signature|jwt|session[_-]?id|otp|mail|address)$/i
const lastTwo = new Set(['en', 'rd', 'wd', 'et', 'ey', 'on', 're', 'wt', 'id', 'tp', 'il', 'ss'])

/** Longest such end. */
const longestEnd = 'authorization'.length

const namesSecret = (text: string): boolean => {
  for (let i = text.indexOf('='); i >= 0; i = text.indexOf('=', i + 1)) {
    if (lastTwo.has(text.slice(i - 2, i).toLowerCase()) && secretEnd.test(text.slice(Math.max(0, i - longestEnd), i))) return true
  }
  return false
}

/**
 * False for a text of which nothing would be taken out, whichever part of it is an address: most of what comes in can be passed at once.
 *
 * @param text JSON with addresses in it, too
 */
export const mayTell = (text: string): boolean =>
  // An escaped sign may be any, and what is encoded twice may be a mail address.
  ['@', '%40', '%25', 'eyJ', '\\u'].some(sign => text.includes(sign)) || namesSecret(text)

/** A text without the mail addresses in it. */
export const redactText = (text: string): string => text.replace(mailAddress, redacted)

/**
 * An address without what tells who the visitor is, or lets somebody pass for them: credentials, mail addresses, web tokens, and the
 * values of parameters that are named like a secret. The rest keeps its writing. Again applied, it changes nothing.
 */
export const redactUrl = (address: string): string => {
  const [before = '', scheme = '', host = ''] = origin.exec(address) ?? []
  const rest = address
    .slice(before.length)
    .replace(parameter, (all, mark: string, name: string) => (secretName.test(name) ? `${mark}${name}=${redacted}` : all))
  return redactText(`${scheme}${host}${rest}`.replace(webToken, redacted)).slice(0, limits.url)
}
