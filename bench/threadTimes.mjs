import { readdirSync, readFileSync } from 'node:fs'

/**
 * Microseconds that each thread of a process was on a processor so far. Linux alone tells it.
 *
 * @param {number} pid
 * @returns {Record<string, number>} by id of the thread; the main one has that of the process
 */
export const threadTimes = pid =>
  Object.fromEntries(readdirSync(`/proc/${pid}/task`).map(thread => [thread, Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1000]))
