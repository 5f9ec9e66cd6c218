/** Numbers of a tab's events that were received without a gap, and the instants of the first and the last of them. */
export type Run = readonly [from: number, fromAt: number, to: number, toAt: number]

/** What is known of a tab's events, by their numbers: runs in ascending order. One run, while nothing is missing. */
export type TabOrder = readonly Run[]

/** Runs that are told apart. Of more, the first two count as one: what then comes in between is still kept between its ends. */
const mostRuns = 16

/** The instants between which an event happened, by the events before and after it that are known. */
export const boundsOf = (order: TabOrder, seq: number): readonly [earliest: number, latest: number] => {
  let [earliest, latest] = [-Infinity, Infinity]
  for (const [from, fromAt, to, toAt] of order) {
    if (from <= seq) earliest = to < seq ? toAt : fromAt
    if (to < seq) continue
    latest = from <= seq ? toAt : fromAt
    break
  }
  return [earliest, latest]
}

/** Adds an event that is not known, at an instant within its bounds. */
export const addToOrder = (order: TabOrder, seq: number, at: number): TabOrder => {
  if (order.some(([from, , to]) => from <= seq && seq <= to)) return order
  const before = order.filter(([, , to]) => to < seq)
  const after = order.slice(before.length)
  const left = before.at(-1)?.[2] === seq - 1 ? before.pop() : undefined
  const right = after[0]?.[0] === seq + 1 ? after.shift() : undefined
  const run: Run = [left?.[0] ?? seq, left?.[1] ?? at, right?.[2] ?? seq, right?.[3] ?? at]
  const runs = [...before, run, ...after]
  const [first, second, ...others] = runs
  return runs.length > mostRuns ? [[first![0], first![1], second![2], second![3]], ...others] : runs
}
