import type { ToDate } from '../../model/toSession.ts'

const dayLength = 86_400_000

/** Numbers from 0 on, with zeros before them. */
const toTexts = (digits: number): string[] => Array.from({ length: 10 ** digits }, (_, number) => String(number).padStart(digits, '0'))

/**
 * Creates what writes instants as `Date` does, and quicker: a Session has five, and those of a page are often of one day, which is written once.
 *
 * @throws RangeError for what is no instant, as `Date` does
 */
export const createToDate = (): ToDate => {
  const [two, three] = [toTexts(2), toTexts(3)]
  let known = { day: NaN, text: '' }
  return at => {
    const instant = Math.trunc(at)
    const day = Math.floor(instant / dayLength)
    if (day !== known.day) known = { day, text: new Date(instant).toISOString().slice(0, -'00:00:00.000Z'.length) }
    const time = instant - day * dayLength
    const seconds = Math.floor(time / 1000)
    const minutes = Math.floor(seconds / 60)
    return `${known.text}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${three[time % 1000]}Z`
  }
}
