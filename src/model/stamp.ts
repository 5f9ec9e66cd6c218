/** Place of an event in its session: its instant, then its id. A total order, the same wherever it is computed. */
export type Stamp = readonly [at: number, id: string]

/** Negative when `a` comes before `b`. */
export const compareStamps = (a: Stamp, b: Stamp): number => a[0] - b[0] || (a[1] < b[1] ? -1 : Number(a[1] > b[1]))

/** A value together with the event it comes from. */
export interface Stamped<T> {
  stamp: Stamp
  value: T
}

const createChoice =
  (direction: 1 | -1) =>
  <T>(known: Stamped<T> | undefined, stamp: Stamp, value: T | undefined): Stamped<T> | undefined =>
    value === undefined || (known && compareStamps(known.stamp, stamp) * direction > 0) ? known : { stamp, value }

/** The newer of a stamped value and one that an event may carry. */
export const newest = /* @__PURE__ */ createChoice(1)

/** The older of a stamped value and one that an event may carry. */
export const oldest = /* @__PURE__ */ createChoice(-1)
