/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts microseconds
 * @property {number} [dur] microseconds of the wall
 * @property {number} [tdur] microseconds of the processor: other programs on a busy machine do not count
 * @property {{ name?: string, data?: { url?: string } }} args
 */

/** What is to be recorded for `readTrace`. */
export const traceCategories = ['toplevel', 'devtools.timeline', 'blink.user_timing', '__metadata']

const isScript = (/** @type {TraceEvent} */ { name }) => name === 'EvaluateScript' || name === 'FunctionCall' || name === 'RunMicrotasks'

const isLayout = (/** @type {TraceEvent} */ { name }) => name === 'Layout' || name === 'UpdateLayoutTree'

/**
 * Reads what the main thread of a page did, in milliseconds of the processor.
 *
 * @param {Buffer} json of `browser.stopTracing`
 */
export const readTrace = json => {
  const { traceEvents } = /** @type {{ traceEvents: TraceEvent[] }} */ (JSON.parse(json.toString()))
  // Threads of other pages of the browser are in it too; the script is in one of them, and so are the marks.
  const mark = traceEvents.find(({ name }) => name === 'bench:start')
  const isOnMain = (/** @type {TraceEvent} */ { pid, tid }) => pid === mark?.pid && tid === mark.tid
  const events = traceEvents.filter(isOnMain)
  const markAt = (/** @type {string} */ name) => events.find(event => event.name === name)?.ts ?? NaN
  const tasks = events.filter(({ name }) => name.endsWith('RunTask'))
  const scripts = events.filter(isScript)
  const evaluation = events.find(({ name, args }) => name === 'EvaluateScript' && args.data?.url?.endsWith('/subject.js'))
  const within = (/** @type {TraceEvent} */ inner, /** @type {TraceEvent} */ outer) => inner.ts >= outer.ts && inner.ts < outer.ts + (outer.dur ?? 0)
  const between = (/** @type {string} */ from, /** @type {string} */ to) => tasks.filter(({ ts }) => ts >= markAt(from) && ts < markAt(to))
  const total = (/** @type {TraceEvent[]} */ list) => list.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000
  const longest = (/** @type {TraceEvent[]} */ list) => list.reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0) / 1000
  return {
    /** Evaluation of the script, with all that it does before it returns. */
    evaluation: (evaluation?.tdur ?? 0) / 1000,
    /** All tasks of the first second, and the longest of them. */
    start: total(between('bench:start', 'bench:loaded')),
    longestAtStart: longest(between('bench:start', 'bench:loaded')),
    /** All tasks from the first event until the last was sent, and the longest of them. */
    events: total(between('bench:loaded', 'bench:end')),
    longest: longest(between('bench:loaded', 'bench:end')),
    /** Layouts that a script forced. */
    forcedLayouts: events.filter(event => isLayout(event) && scripts.some(script => within(event, script))).length,
  }
}
