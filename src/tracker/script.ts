import { createTracker, type LoadView } from './createTracker.ts'
import { readScriptOptions } from './scriptOptions.ts'
import { createCommands, type CommandQueue } from './commands.ts'

/**
 * The script tag's entry, the only module of the tracker with a side effect: it starts a tracker with the options of its
 * tag, runs the calls that the stub has queued, and takes the stub's place. A second copy of the script leaves it to the first.
 */
const page = globalThis as { sojourn?: CommandQueue }
const tag = document.currentScript as HTMLScriptElement | null

/** The collector has it, wherever the script came from. */
const loadView: LoadView = collector => import(`${collector}/sojourn-session.js`) as ReturnType<LoadView>

if (tag && !page.sojourn?.started) {
  const queued = page.sojourn?.q ?? []
  page.sojourn = createCommands(createTracker(readScriptOptions(tag), loadView))
  for (const call of queued) page.sojourn(...call)
}
