import { median } from '../median.mjs'

/**
 * What `bench/page.mjs` has measured.
 *
 * @typedef {object} Measured
 * @property {readonly import('./subjects.mjs').Subject[]} subjects
 * @property {Record<string, { costs: import('./measureCost.mjs').Cost[], starts: import('./measureCost.mjs').Start[], heaps: number[] }>} costs by id of the subject
 * @property {Record<string, Record<string, import('./runScenario.mjs').Outcome>>} faults by scenario, and by id of the subject
 * @property {{ first: { queued: number, durable: number, writes: number }, hidden: { wakeups: number, requests: number, before: number }, day: { events: number, all: number, kept: number } }} own of Sojourn alone; of the day, heap after it to that after an hour
 */

/** Absolute budgets, shown beside what was measured. */
const budgets = { evaluation: 15, longTask: 50, callP95: 0.05, events: 250, bytes: 4000, requests: 3, heap: 150_000, frame: 1000 / 60 }

/** What is measured of each subject, less what an empty page costs where that is its own. */
const toFigures = (/** @type {Measured} */ { subjects, costs }) => {
  const of = (/** @type {string} */ id, /** @type {keyof import('./measureCost.mjs').Cost} */ name) => median((costs[id]?.costs ?? []).map(cost => cost[name]))
  const ofStart = (/** @type {string} */ id, /** @type {keyof import('./measureCost.mjs').Start} */ name) => median([...(costs[id]?.costs ?? []), ...(costs[id]?.starts ?? [])].map(start => start[name]))
  const heapOf = (/** @type {string} */ id) => median(costs[id]?.heaps ?? [])
  return Object.fromEntries(
    subjects
      .filter(({ id }) => id !== 'empty')
      .map(({ id }) => [
        id,
        {
          evaluation: ofStart(id, 'evaluation'),
          start: ofStart(id, 'start') - ofStart('empty', 'start'),
          longestAtStart: ofStart(id, 'longestAtStart'),
          callMedian: of(id, 'callMedian'),
          callP95: of(id, 'callP95'),
          events: of(id, 'events') - of('empty', 'events'),
          bytes: of(id, 'bytesPer100'),
          requests: of(id, 'requestsPer100'),
          heap: heapOf(id) - heapOf('empty'),
          forcedLayouts: of(id, 'forcedLayouts') - of('empty', 'forcedLayouts'),
          taken: of(id, 'taken'),
        },
      ]),
  )
}

/** @typedef {ReturnType<typeof toFigures>[string]} Figures */

/** In what Sojourn is to be better than every peer with a durable queue, by the name of its column. @type {Record<string, keyof Figures>} */
const compared = { 'script start': 'start', 'call p95': 'callP95', '500 events': 'events', bytes: 'bytes', requests: 'requests', heap: 'heap' }

const toKilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1)

/** Where a peer does better. @returns {string[]} */
const findBetter = (/** @type {Figures} */ own, /** @type {Figures} */ peer) =>
  Object.entries(compared).flatMap(([name, key]) => (own[key] > peer[key] ? [`${name} (${peer[key].toPrecision(3)} against ${own[key].toPrecision(3)})`] : []))

const lossOf = (/** @type {Measured} */ { faults }, /** @type {string} */ id) => Object.values(faults).reduce((sum, byId) => sum + (byId[id]?.lost ?? 0), 0)

const toCells = (/** @type {import('./runScenario.mjs').Outcome | undefined} */ outcome) => {
  if (!outcome) return ''
  const { sent, lost, copies } = outcome
  return `${lost ? `**${Math.round((100 * lost) / sent)} %**` : '0'}${copies ? `, ${copies} copies` : ''}`
}

/** Puts the figures of a run into words, and says whether what is asserted of them holds. */
export const toPageReport = (/** @type {Measured} */ measured) => {
  const { subjects, faults, own } = measured
  const figures = toFigures(measured)
  const sojourn = /** @type {Figures} */ (figures.sojourn)
  const control = /** @type {Figures} */ (figures.control)
  // Of whom no event came when nothing went wrong, our collector was not what it expects: nothing that follows can be said of it.
  const shown = subjects.filter(({ id }) => id !== 'empty' && (figures[id]?.taken ?? 0) > 0)
  const unheard = subjects.filter(({ id }) => id !== 'empty' && !shown.some(other => other.id === id))
  const nameOf = (/** @type {string} */ id) => subjects.find(subject => subject.id === id)?.name ?? id
  const durable = shown.filter(({ id, queue }) => queue === 'durable' && id !== 'sojourn' && id !== 'control')
  const rivals = durable.map(({ id, name }) => {
    const better = findBetter(sojourn, /** @type {Figures} */ (figures[id]))
    return { id, name, better, lost: lossOf(measured, id) }
  })
  const ownLost = lossOf(measured, 'sojourn')
  const toBudget = (/** @type {string} */ what, /** @type {number} */ value, /** @type {number} */ budget) => [what, value.toFixed(Math.abs(value) < 1 ? 3 : value < 100 ? 1 : 0), String(Number(budget.toFixed(2))), value <= budget ? 'kept' : '**missed**']

  /** @type {import('../writeReport.mjs').Table[]} */
  const tables = [
    {
      caption: 'What it costs a page, above an empty page (medians); until the end of the first second at a fourth of the processor’s speed',
      head: ['', 'queue', 'script evaluated, ms', 'first second, ms', 'longest task, ms', '`track()` median, ms', 'p95, ms', '500 events, ms', 'bytes per 100 events', 'requests per 100', 'heap, KB', 'events that came of 500'],
      rows: shown.map(({ id, name, queue }) => {
        const { evaluation, start, longestAtStart, callMedian, callP95, events, bytes, requests, heap, taken } = /** @type {Figures} */ (figures[id])
        return [name, queue, evaluation.toFixed(1), start.toFixed(0), longestAtStart.toFixed(0), callMedian.toFixed(3), callP95.toFixed(3), events.toFixed(0), Math.round(bytes), requests.toFixed(1), toKilobytes(heap), taken]
      }),
    },
    {
      caption: 'Sojourn and its budgets',
      head: ['', 'measured', 'budget', ''],
      rows: [
        toBudget('script evaluation and init, ms', sojourn.evaluation, budgets.evaluation),
        toBudget('longest task at the start, the parsing of the page in it, ms', sojourn.longestAtStart, budgets.longTask),
        toBudget('`track()` p95, ms', sojourn.callP95, budgets.callP95),
        toBudget('main thread for 500 events, ms', sojourn.events, budgets.events),
        toBudget('bytes per 100 events, headers in', sojourn.bytes, budgets.bytes),
        toBudget('requests per 100 events', sojourn.requests, budgets.requests),
        toBudget('heap after start, bytes', sojourn.heap, budgets.heap),
        toBudget('first pageview in the line from which a leaving page takes it along, ms: the end of the evaluation', sojourn.evaluation, budgets.frame),
        ['first pageview in the hands of IndexedDB, ms after the script was there', own.first.queued.toFixed(1), '', ''],
        ['first pageview durable, ms after the script was there', own.first.durable.toFixed(1), '', ''],
        toBudget('layouts that a script forced', sojourn.forcedLayouts, 0),
        toBudget('write transactions for 100 events of one task', own.first.writes, 2),
        toBudget('timers, frames, transactions and requests in a minute of a hidden tab', own.hidden.wakeups + own.hidden.requests, 0),
        [`heap after 8 hours (${own.day.events} events) to that after one, less what an empty page grows by`, own.day.all.toFixed(3), '', ''],
        ['the same without the code that the engine compiles: what the page keeps', own.day.kept.toFixed(3), '1.02', own.day.kept <= 1.02 ? 'kept' : '**missed**'],
      ],
    },
    {
      caption: 'Ratio of Sojourn to the control, in this run',
      head: ['script evaluated', '`track()` p95', '500 events', 'bytes', 'requests'],
      rows: [[sojourn.evaluation / control.evaluation, sojourn.callP95 / control.callP95, sojourn.events / control.events, sojourn.bytes / control.bytes, sojourn.requests / control.requests].map(ratio => ratio.toFixed(2))],
    },
    {
      caption: 'Events lost when things go wrong, and copies that came beside the first',
      head: ['', ...shown.map(({ name }) => name)],
      rows: [
        ...Object.entries(faults).map(([name, byId]) => [name, ...shown.map(({ id }) => toCells(byId[id]))]),
        ['**all, events lost**', ...shown.map(({ id }) => lossOf(measured, id))],
      ],
    },
    {
      caption: 'Against every peer with a durable queue: where Sojourn is not smaller, cheaper and safer',
      head: ['', 'it loses', 'Sojourn loses', 'does better in'],
      rows: rivals.map(({ name, better, lost }) => [name, lost, ownLost, better.join('; ') || 'nothing']),
    },
    ...(unheard.length ? [{ caption: 'Not compared: no event of theirs came, in no scenario', head: ['', 'settings'], rows: unheard.map(({ name, settings }) => [name, settings]) }] : []),
    { caption: 'What each is told', head: ['', 'settings'], rows: shown.map(({ id, settings }) => [nameOf(id), settings]) },
  ]

  const isKept = ownLost === 0 && rivals.every(({ lost }) => lost >= ownLost) && rivals.every(({ id }) => sojourn.bytes < (figures[id]?.bytes ?? 0)) && own.day.kept <= 1.02
  return {
    isKept,
    report: {
      title: 'Pages',
      command: 'npm run bench:page',
      about: 'Chromium, started at a fourth of the processor’s speed; then, at its full speed, 500 events over 20 s. Times are those of the main thread’s processor. Each subject has a website and a collector, which answers whatever it is sent, on origins of their own. Copies are those on the wire: Sojourn’s collector, and most of the others, tell them by the id of the event.',
      figures: { costs: figures, own, faults },
      tables,
    },
  }
}
