// Microseconds of the processor that a batch costs each thread of a server, however busy the machine is with others: node bench/processorTime.mjs
// Linux alone tells it of threads. A profile beside it: node --cpu-prof --cpu-prof-dir=profiles bench/processorTime.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { runLoad } from './runLoad.mjs'
import { startServer } from './startServer.mjs'

/** Batches before anything is measured: code is compiled as it turns out to be busy. */
const warmUp = 8000
const batches = 12_000
/** Long enough for any machine. */
const seconds = 600

/** Microseconds of one tick of the kernel's clock of processes, on every usual Linux. */
const tick = 10_000

/** Ticks that each thread of a process has had so far, in user and kernel mode. @returns {Record<string, number>} by id of the thread */
const readTicks = (/** @type {number} */ pid) =>
  Object.fromEntries(
    readdirSync(`/proc/${pid}/task`).map(thread => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [thread, Number(fields[11]) + Number(fields[12])]
    }),
  )

const measure = async (/** @type {string} */ kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-processor-'))
  const server = await startServer([kind, folder])
  await runLoad(server.port, { batches: warmUp, seconds })
  const before = readTicks(server.pid)
  const { acknowledged } = await runLoad(server.port, { batches, seconds })
  const after = readTicks(server.pid)
  await server.stop()
  rmSync(folder, { recursive: true })
  const costs = Object.entries(after).map(([thread, ticks]) => ({ isMain: Number(thread) === server.pid, cost: Math.round(((ticks - (before[thread] ?? 0)) * tick) / acknowledged) }))
  const others = costs.filter(({ isMain }) => !isMain).map(({ cost }) => cost)
  return { kind, main: costs.find(({ isMain }) => isMain)?.cost, busiestOther: Math.max(...others), allOthers: others.reduce((sum, cost) => sum + cost, 0) }
}

ensureBuild()
for (const kind of ['parse', 'collector', 'parse', 'collector']) process.stdout.write(`${JSON.stringify(await measure(kind))}\n`)
