import { attempt } from '../../model/index.ts'

/** Milliseconds after which a lease is over that was not given back: timers of hidden tabs may rest for a minute. */
const leaseTime = 120_000

/**
 * What the script fetches where there are no Web Locks: runs a task unless another tab has a lease in localStorage, which does nearly as well.
 *
 * @returns false when another tab has one
 */
export const runLeased = async (name: string, task: () => Promise<boolean>): Promise<boolean> => {
  const key = `lease.${name}`
  const rest = Number(attempt(() => localStorage.getItem(key))) - Date.now()
  // One that ends later was taken before the clock was set back.
  if (rest > 0 && rest <= leaseTime) return false
  attempt(() => localStorage.setItem(key, String(Date.now() + leaseTime)))
  const hasRun = await task()
  attempt(() => localStorage.removeItem(key))
  return hasRun
}
