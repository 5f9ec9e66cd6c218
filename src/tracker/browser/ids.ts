/** Ids of one millisecond: as many as the 12 bits after it tell apart. */
const idsPerMillisecond = 4096

/**
 * Makes UUIDs of version 7 (RFC 9562) that grow within this page: 48 bits of milliseconds, 12 bits that count on within them
 * (and into the next where they do not suffice, or the instant is an earlier one), and 60 random bits. `crypto.getRandomValues`
 * also works where the page is not a secure context, which `crypto.randomUUID` does not.
 */
export const createIds = () => {
  let last = 0
  /** Drawn many at a time: a draw costs more than all the rest, and a burst needs thousands. */
  let randoms: bigint[] = []
  return (at: number): string => {
    last = Math.max(at * idsPerMillisecond, last + 1)
    if (!randoms[0]) randoms = [...crypto.getRandomValues(new BigUint64Array(64))]
    return ((BigInt(last) << 64n) + randoms.pop()!).toString(16).padStart(31, '0').replace(/(.{8})(.{4})(...)(...)(.{12})./, '$1-$2-7$3-8$4-$5')
  }
}
