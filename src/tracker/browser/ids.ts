import type { Platform } from '../platform.ts'

/** Ids of one millisecond: as many as the 12 bits after it tell apart. */
const idsPerMillisecond = 4096

const toHex = (number: number | bigint, digits: number): string => number.toString(16).padStart(digits, '0')

/**
 * Makes UUIDs of version 7 (RFC 9562) that grow within this page: 48 bits of milliseconds, 12 bits that count on within them
 * (and into the next where they do not suffice, or the instant is an earlier one), and 60 random bits. Those are the page's own, and
 * stay: what comes before them never repeats in it, and what is the same in all of a batch costs no bytes when it is compressed.
 * An id that is not to be guessed from others has bits of its own. `crypto.getRandomValues` also works where the page is not a secure
 * context, which `crypto.randomUUID` does not.
 */
export const createIds = (): Pick<Platform, 'newId'> & { renew(): void } => {
  let last = 0
  let end: string | undefined
  return {
    newId: (at, isSecret) => {
      last = Math.max(at * idsPerMillisecond, last + 1)
      const random = (!isSecret && end) || toHex(crypto.getRandomValues(new BigUint64Array(1))[0]!, 16).replace(/.(...)/, '-8$1-')
      if (!isSecret) end = random
      return toHex(last, 15).replace(/(.{8})(.{4})/, '$1-$2-7') + random
    },
    /** Goes on as another page would: nobody can tell from its ids that it is this one. */
    renew: () => (end = undefined),
  }
}
