// Adds up what suites have reported, each given with its exit code: `node scripts/summary.mjs test=0 test:faults=1`.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { reportPath } from './reportPath.mjs'
import { root } from './run.mjs'

/**
 * Numbers of one suite. One that failed without a failed test (types, rules, a file that could not be loaded, a run that was
 * cut off), or in which nothing ran, counts as one failure.
 *
 * @param {string} suite
 * @param {number} code
 */
const count = (suite, code) => {
  const path = join(root, reportPath(suite))
  const report = statSync(path, { throwIfNoEntry: false }) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = report
  return { passed, failed: Math.max(failed, code || !passed ? 1 : 0) }
}

const counts = process.argv.slice(2).map(argument => {
  const at = argument.lastIndexOf('=')
  return count(argument.slice(0, at), Number(argument.slice(at + 1)))
})
/** @param {'passed' | 'failed'} name */
const sum = name => counts.reduce((total, entry) => total + entry[name], 0)

process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
process.exitCode = sum('failed') ? 1 : 0
