import { createTracker } from './createTracker.ts'
import { readScriptOptions } from './scriptOptions.ts'
import { createCommands, type CommandQueue } from './commands.ts'
import type { LoadPart, Parts } from './parts/parts.ts'

/**
 * The script tag's entry, the only module of the tracker with a side effect: it starts a tracker with the options of its
 * tag, runs the calls that the stub has queued, and takes the stub's place. A second copy of the script leaves it to the first.
 */
const page = globalThis as { sojourn?: CommandQueue }
const tag = document.currentScript as HTMLScriptElement | null

/** The collector has the parts, wherever the script came from. */
const load: LoadPart = <K extends keyof Parts>(name: K, collector: string) => import(`${collector}/sojourn-${name}.js`) as Promise<Parts[K]>

if (tag && !page.sojourn?.started) {
  const queued = page.sojourn?.q ?? []
  page.sojourn = createCommands(createTracker(readScriptOptions(tag), load))
  for (const call of queued) page.sojourn(...call)
}
