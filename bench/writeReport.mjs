import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/run.mjs'

/**
 * What one command has measured.
 *
 * @typedef {object} Table
 * @property {string} caption what the rows are about
 * @property {string[]} head
 * @property {(string | number)[][]} rows
 *
 * @typedef {object} Report
 * @property {string} title
 * @property {string} command that measures it anew
 * @property {string} about how it is measured, in a sentence or two
 * @property {string} date of the run
 * @property {string} machine
 * @property {Record<string, string>} versions of what was measured, and of what it ran in
 * @property {unknown} figures the same as numbers
 * @property {Table[]} tables
 */

const folder = join(root, 'bench/figures')
const readme = join(root, 'bench/README.md')

/** In the order of the README. */
const names = /** @type {const} */ (['size', 'page', 'ingest', 'growth'])

const preamble = `# Benchmarks

Each is one command, and writes its figures (\`bench/figures/*.json\`) and this page. What counts are the ratios within one run: absolute times
drift up to twofold between runs on a shared machine, and are shown for orientation. A run that misses a ratio it is to keep ends with
status 1. What the figures have led to stands in [performance](../docs/performance.md).
`

const toRow = (/** @type {(string | number)[]} */ cells) => `| ${cells.join(' | ')} |`

const toTable = (/** @type {Table} */ { caption, head, rows }) => [`**${caption}**`, '', toRow(head), toRow(head.map(() => '---')), ...rows.map(toRow)].join('\n')

const toSection = (/** @type {Report} */ { title, command, about, date, machine, versions, tables }) =>
  [
    `## ${title}`,
    '',
    `\`${command}\`, ${date}, ${machine}; ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    about,
    '',
    tables.map(toTable).join('\n\n'),
    '',
  ].join('\n')

/** @returns {Report[]} what has been measured so far, in the order of the README */
export const readReports = () => {
  const files = new Set(readdirSync(folder))
  return names.filter(name => files.has(`${name}.json`)).map(name => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
}

/** The README that goes with some reports. */
export const toReadme = (/** @type {Report[]} */ reports) => [preamble, ...reports.map(toSection)].join('\n')

/** Where figures come from. */
const toMachine = () => {
  const [{ model } = { model: 'unknown' }] = cpus()
  return `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`
}

/** @typedef {Omit<Report, 'date' | 'machine'>} Measured */

/** @returns {Report} with where and when it was measured */
const complete = (/** @type {Measured} */ { versions, ...others }) => ({ ...others, versions: { ...versions, Node: process.versions.node }, date: new Date().toISOString().slice(0, 10), machine: toMachine() })

/** Prints a report: all that is done with one of a shortened run. */
export const printReport = (/** @type {Measured} */ report) => {
  const whole = complete(report)
  process.stdout.write(`${JSON.stringify(whole.figures)}\n\n${toSection(whole)}`)
}

/**
 * Prints a report, keeps its figures and puts them into the README.
 *
 * @param {typeof names[number]} name
 * @param {Measured} report
 */
export const writeReport = (name, report) => {
  printReport(report)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(complete(report), undefined, 2)}\n`)
  writeFileSync(readme, toReadme(readReports()))
}

/**
 * What to do with a report: a run that was shortened is no reason to forget the figures of a whole one.
 *
 * @param {typeof names[number]} name
 * @param {{ isWhole: boolean }} run
 * @returns {(report: Measured) => void}
 */
export const createReporter = (name, { isWhole }) => (isWhole ? report => writeReport(name, report) : printReport)

/** True when one of the variables is set by which runs are shortened. @param {string[]} variables */
export const isShortened = variables => variables.some(variable => process.env[variable] !== undefined)
