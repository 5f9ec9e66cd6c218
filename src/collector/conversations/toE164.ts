/** International number with its country code, ITU-T E.164: at most 15 digits. */
const international = /^\+[1-9]\d{6,14}$/

/** Digits, and what people put between them: any blank or dash, as texts are set in many ways. */
const written = /^\(?\+?[\d\s().\p{Pd}/]+$/u

/** Marks that nobody sees: address books put numbers between two that say from which side they are read. */
const unseen = /\p{Cf}/gu

/**
 * A phone number in the one spelling in which numbers are compared, e.g. `+31201234567`. Takes `tel:` and `sip:` addresses, blanks,
 * dashes, dots and brackets, and `00` for `+`.
 *
 * @returns undefined for what is no international number: whose country is not said could be anybody's
 */
export const toE164 = (text: string): string | undefined => {
  const bare = text
    .replace(unseen, '')
    .trim()
    .replace(/^(tel|sips?):/i, '')
    .replace(/[@;].*$/s, '')
    .trim()
  if (!written.test(bare)) return undefined
  // In +44 (0)20 the zero is dialled inside the country alone.
  const number = bare.replace(/\(0\)/, '').replace(/[^\d+]/g, '').replace(/^00/, '+')
  return international.test(number) ? number : undefined
}
