import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Milliseconds between two questions: asking all the time would take the processor from what is measured. */
const askEvery = 50

const program = fileURLToPath(new URL('ingestServers.mjs', import.meta.url))

/**
 * Starts one of the servers of `ingestServers.mjs` in a process of its own, with what node was told here (`--cpu-prof`).
 *
 * @param {string[]} args
 */
export const startServer = async args => {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [chunk] = await once(child.stdout, 'data')
  const port = Number(chunk)
  const get = async (/** @type {string} */ path) => fetch(`http://127.0.0.1:${port}${path}`)
  return {
    port,
    pid: Number(child.pid),
    /** Milliseconds from the start of the process until it listens. */
    startTime: performance.now() - startedAt,
    /** How far log and Sessions are, in batches. */
    positions: async () => {
      const { log, projection } = /** @type {{ log: number, projection: number }} */ (await (await get('/readyz')).json())
      return { log, projection }
    },
    /** Resolves when it is ready, and the Sessions have everything that is in the log. */
    caughtUp: async () => {
      for (;;) {
        const response = await get('/readyz')
        const { log, projection } = /** @type {{ log: number, projection: number }} */ (await response.json())
        if (response.ok && log === projection) return
        await delay(askEvery)
      }
    },
    /** Bytes of memory that the process has. */
    memory: async () => Number(/^process_resident_memory_bytes (\S+)/m.exec(await (await get('/metrics')).text())?.[1]),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
