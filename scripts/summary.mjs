// Adds up what suites have reported, each given with its exit code: `node scripts/summary.mjs test=0 test:faults=1`.
// What failed is told again, before the numbers, and by its name alone right before the last line: who reads the end of a long log needs no more of it.
import { readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { reportPath } from './reportPath.mjs'
import { root } from './run.mjs'

/** Lines of a failure's message that are shown; the rest of it stands where the test ran. */
const SHOWN_LINES = 12
/** Characters of a failed test's name in the list at the end. */
const SHOWN_NAME = 140

/** @typedef {{ status: string, fullName: string, failureMessages?: string[] }} Assertion */
/** @typedef {{ name: string, message?: string, status?: string, assertionResults: Assertion[] }} TestFile */

/** @param {string} text */
const shorten = text => stripVTControlCharacters(text).split('\n', SHOWN_LINES).map(line => `    ${line}`).join('\n')

/**
 * Each failed test with its message; a file that failed as a whole (it could not be loaded, a hook threw) with its own.
 *
 * @param {TestFile} file
 */
const toFailures = ({ name, message, status, assertionResults }) => {
  const failed = assertionResults.filter(test => test.status === 'failed')
  const path = relative(root, name)
  const whole = status === 'failed' && !failed.length ? [`  ${path}\n${shorten(message ?? '')}`] : []
  return [...failed.map(test => `  ${path}: ${test.fullName}\n${shorten(test.failureMessages?.join('\n') ?? '')}`), ...whole]
}

/** @param {string} failure as `toFailures` tells it */
const toName = failure => `failed: ${failure.trim().replace(/\n[^]*/, '').slice(0, SHOWN_NAME)}`

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
  const { numPassedTests: passed = 0, numFailedTests: failed = 0, testResults = [] } = report
  return { suite, code, passed, failed: Math.max(failed, code || !passed ? 1 : 0), failures: testResults.flatMap(toFailures) }
}

const counts = process.argv.slice(2).map(argument => {
  const at = argument.lastIndexOf('=')
  return count(argument.slice(0, at), Number(argument.slice(at + 1)))
})
/** @param {'passed' | 'failed'} name */
const sum = name => counts.reduce((total, entry) => total + entry[name], 0)

for (const { suite, code, passed, failed, failures } of counts) {
  process.stdout.write(`${[`${suite}: ${passed} passed, ${failed} failed, exit code ${code}`, ...failures].join('\n')}\n`)
}
for (const { failures } of counts) for (const failure of failures) process.stdout.write(`${toName(failure)}\n`)
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
process.exitCode = sum('failed') ? 1 : 0
