/** Place of an event in its session: its instant, then its id. A total order, the same wherever it is computed. */
export type Stamp = readonly [at: number, id: string]

/** Negative when `a` comes before `b`. */
export const compareStamps = (a: Stamp, b: Stamp): number => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0)

/** A value together with the event it comes from. */
export interface Stamped<T> {
  stamp: Stamp
  value: T
}

/** The newer of two stamped values. */
export const newer = <T>(a: Stamped<T> | undefined, b: Stamped<T>): Stamped<T> => (a && compareStamps(a.stamp, b.stamp) > 0 ? a : b)

/** The older of two stamped values. */
export const older = <T>(a: Stamped<T> | undefined, b: Stamped<T>): Stamped<T> => (a && compareStamps(a.stamp, b.stamp) < 0 ? a : b)
