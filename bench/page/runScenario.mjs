import { launchProfile } from './launchProfile.mjs'

/** @typedef {{ sent: number, lost: number, copies: number }} Outcome events that were tracked, that never came, and copies that came beside the first */

/** Milliseconds until a tab counts as gone, or as crashed. */
const gone = 10_000

/** Events that come beside those that count: as many as any of the settings waits for. */
const company = Array.from({ length: 20 }, (_, i) => `bench-company-${i}-end`)

/**
 * Runs the trials of a scenario, each in a fresh profile.
 *
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {readonly import('./openSubject.mjs').OpenSubject[]} subjects
 * @returns {Promise<Record<string, Outcome>>} by id of the subject
 */
export const runScenario = async ({ trials, run }, subjects) => {
  const outcomes = new Map(subjects.map(({ subject }) => [subject.id, { sent: 0, lost: 0, copies: 0 }]))
  let next = 0

  const runTrial = async () => {
    const profile = await launchProfile()
    /** @type {{ id: string, page: import('playwright-core').Page }[]} */
    let tabs = []
    const [first] = [next]
    for (const { sink } of subjects) {
      sink.behave('pass')
      sink.forget()
    }

    const markersOf = (/** @type {string} */ id, /** @type {number} */ from, /** @type {number} */ to) => Array.from({ length: to - from }, (_, i) => `bench-${id}-${from + i}-end`)
    const inAll = (/** @type {(tab: typeof tabs[number]) => Promise<unknown>} */ work) => Promise.all(tabs.map(work)).then(() => undefined)

    const trackIn = async (/** @type {number} */ events, isLast = false) => {
      const from = next
      next += events
      await inAll(({ id, page }) =>
        page.evaluate(
          ({ markers, isLast }) => {
            const { trackBench } = /** @type {{ trackBench(marker: string): void }} */ (/** @type {unknown} */ (globalThis))
            markers.forEach(marker => trackBench(marker))
            if (isLast) location.href = '/elsewhere'
          },
          { markers: markersOf(id, from, next), isLast },
        ),
      )
    }

    const goOn = () =>
      inAll(({ page }) =>
        page.evaluate(markers => {
          const { trackBench } = /** @type {{ trackBench(marker: string): void }} */ (/** @type {unknown} */ (globalThis))
          markers.forEach(marker => trackBench(marker))
        }, company),
      )

    const open = async () => {
      const context = profile.context()
      tabs = await Promise.all(
        subjects.map(async ({ subject, sink }) => {
          const page = await context.newPage()
          await page.goto(sink.site)
          return { id: subject.id, page }
        }),
      )
      // What loads itself in steps has done so.
      await tabs[0]?.page.waitForTimeout(2000)
    }

    try {
      await open()
      await run({
        profile,
        open,
        behave: behaviour => subjects.forEach(({ sink }) => sink.behave(behaviour)),
        track: trackIn,
        goOn,
        leave: () => trackIn(10, true),
        close: () =>
          inAll(async ({ page }) => {
            const closed = page.waitForEvent('close', { timeout: gone })
            await page.close({ runBeforeUnload: true })
            await closed
          }),
        crash: () =>
          inAll(async ({ page }) => {
            const crashed = page.waitForEvent('crash', { timeout: gone })
            // The navigation never ends: its page is gone.
            page.goto('chrome://crash').catch(() => page)
            await crashed
          }),
      })
    } finally {
      await profile.stop()
    }
    for (const { subject, sink } of subjects) {
      const outcome = outcomes.get(subject.id) ?? { sent: 0, lost: 0, copies: 0 }
      const taken = markersOf(subject.id, first, next).map(marker => sink.taken().get(marker) ?? 0)
      outcome.sent += taken.length
      outcome.lost += taken.filter(times => times === 0).length
      outcome.copies += taken.reduce((sum, times) => sum + Math.max(0, times - 1), 0)
    }
  }

  for (let trial = 0; trial < trials; trial++) await runTrial()
  return Object.fromEntries(outcomes)
}
