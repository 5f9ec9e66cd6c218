/**
 * How far the collector's clock is ahead of this device's, as a range of milliseconds. A `Date` header tells whole seconds,
 * so one answer narrows it to a second or so, and several to much less.
 */
export interface ClockOffset {
  least: number
  most: number
}

/** Nothing known yet: the device's clock is taken as it is. */
export const unknownOffset: ClockOffset = { least: -Infinity, most: Infinity }

/** One answer of the collector: its `Date`, and when the request left and the answer came by the device's clock, in milliseconds. */
export interface ClockSample {
  date: number
  sentAt: number
  receivedAt: number
}

/**
 * Narrows the range by one answer. The collector wrote `date`, cut to the second, at some instant between sending and
 * receiving. A sample that contradicts what was known means that one of the clocks was set: it starts afresh.
 */
export const narrowOffset = (known: ClockOffset, { date, sentAt, receivedAt }: ClockSample): ClockOffset => {
  const sample = { least: date - receivedAt, most: date + 1000 - sentAt }
  const both = { least: Math.max(known.least, sample.least), most: Math.min(known.most, sample.most) }
  return both.least <= both.most ? both : sample
}

/** Milliseconds to add to the device's clock: none while its own time is possible. */
export const toOffset = ({ least, most }: ClockOffset): number => {
  if (least <= 0 && most >= 0) return 0
  return Math.round((least + most) / 2)
}
