// Runs the fault suite, and writes what became of the events into the README.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toFaultTable } from './faultTable.mjs'
import { root, run } from './run.mjs'

const folder = join(root, 'test-results/faults')
const readme = join(root, 'README.md')

rmSync(folder, { recursive: true, force: true })
const { ok } = run(process.execPath, ['scripts/test.mjs', '--project', 'faults'])
const files = statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder).sort() : []
const results = files.map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')))
const table = toFaultTable(results, new Date().toISOString().slice(0, 10))
process.stdout.write(`${table}\n`)
// A run that failed tells so; the README keeps what was measured before.
if (ok) writeFileSync(readme, readFileSync(readme, 'utf8').replace(/(?<=<!-- faults -->)[^]*(?=<!-- \/faults -->)/, `\n${table}\n`))
process.exitCode = ok ? 0 : 1
