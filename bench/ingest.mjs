// What taking in events costs, beside a server that only parses the same bodies: npm run bench:ingest
// Both run in turn, some rounds in one go, each in a process of its own, as does what sends. What counts are the ratios.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from '../scripts/ensureBuild.mjs'

const rounds = Number(process.env.ROUNDS ?? 5)
const seconds = Number(process.env.SECONDS ?? 3)
/** Seconds before anything is measured: code is compiled as it turns out to be busy. */
const warmUp = 2
const budgets = { acknowledged: 0.6, sustained: 0.2 }

ensureBuild()

const pathOf = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url))

/** @param {string[]} args */
const startServer = async args => {
  const child = spawn(process.execPath, [...process.execArgv, pathOf('ingestServers.mjs'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [chunk] = await once(child.stdout, 'data')
  return {
    port: Number(chunk),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/** @returns {Promise<{ acknowledged: number, refused: number, seconds: number, p99: number }>} */
const load = async (/** @type {number} */ port, /** @type {number} */ duration) => {
  const child = spawn(process.execPath, [pathOf('ingestLoad.mjs'), String(port), String(duration)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  await once(child, 'close')
  return JSON.parse(output)
}

/** Resolves when the Sessions have everything that is in the log. */
const caughtUp = async (/** @type {number} */ port) => {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`)
    const { log, projection } = /** @type {{ log: number, projection: number }} */ (await response.json())
    if (response.ok && log === projection) return
  }
}

const measureParse = async () => {
  const server = await startServer(['parse'])
  await load(server.port, warmUp)
  const { acknowledged, seconds: took } = await load(server.port, seconds)
  await server.stop()
  return acknowledged / took
}

const measureCollector = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-bench-'))
  const server = await startServer(['collector', folder])
  await load(server.port, warmUp)
  await caughtUp(server.port)
  const startedAt = performance.now()
  const { acknowledged, refused, seconds: took, p99 } = await load(server.port, seconds)
  await caughtUp(server.port)
  const total = (performance.now() - startedAt) / 1000
  await server.stop()
  rmSync(folder, { recursive: true })
  return { acknowledged: acknowledged / took, sustained: acknowledged / total, refused, p99 }
}

/** @param {number[]} values */
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** @type {number[]} */
const parsed = []
/** @type {Awaited<ReturnType<typeof measureCollector>>[]} */
const collected = []
for (let round = 0; round < rounds; round++) {
  parsed.push(await measureParse())
  collected.push(await measureCollector())
}
const ratioOf = (/** @type {'acknowledged' | 'sustained'} */ what) => median(collected.map((each, i) => each[what] / (parsed[i] ?? NaN)))
const figures = {
  cores: cpus().length,
  parsedPerSecond: Math.round(median(parsed)),
  acknowledgedPerSecond: Math.round(median(collected.map(each => each.acknowledged))),
  acknowledgedRatio: Number(ratioOf('acknowledged').toFixed(2)),
  sustainedPerSecond: Math.round(median(collected.map(each => each.sustained))),
  sustainedRatio: Number(ratioOf('sustained').toFixed(2)),
  acknowledgementP99: Number(median(collected.map(each => each.p99)).toFixed(1)),
  refused: collected.reduce((sum, { refused }) => sum + refused, 0),
}
process.stdout.write(`${JSON.stringify(figures)}

| batches of 10 events | per second | of parsing alone | budget |
| --- | --- | --- | --- |
| parsed | ${figures.parsedPerSecond} | 1 | |
| acknowledged, durable | ${figures.acknowledgedPerSecond} | ${figures.acknowledgedRatio} | ${budgets.acknowledged} |
| sustained, folded into Sessions | ${figures.sustainedPerSecond} | ${figures.sustainedRatio} | ${budgets.sustained} |
`)
if (figures.acknowledgedRatio < budgets.acknowledged || figures.sustainedRatio < budgets.sustained) process.exitCode = 1
