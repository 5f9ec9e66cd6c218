import type { Browser, Page } from 'playwright-core'

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  /** Microseconds of the processor, not of the wall: other programs on a busy machine do not count. */
  tdur?: number
  args: { name?: string }
}

/**
 * Watches the main threads of a browser's pages.
 *
 * @returns a function that ends it and resolves to the processor time of the longest task, in milliseconds
 */
export const traceTasks = async (browser: Browser, page: Page): Promise<() => Promise<number>> => {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  return async () => {
    // A task is in the trace once it has ended: the one that answered last may still be on its way to its end.
    await page.evaluate(() => document.readyState)
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
    const isMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args.name === 'CrRendererMain'
    const threads = new Set(traceEvents.filter(isMain).map(({ pid, tid }) => `${pid} ${tid}`))
    const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && threads.has(`${pid} ${tid}`))
    if (!tasks.length) throw new Error(`no task among ${traceEvents.length} events of the trace`)
    return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000
  }
}
