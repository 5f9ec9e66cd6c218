import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readReports, toReadme } from '../bench/writeReport.mjs'

test('the README of the benchmarks says what their figures say', () => {
  const reports = readReports()
  expect(reports.length).toBeGreaterThan(0)
  expect(readFileSync(new URL('../bench/README.md', import.meta.url), 'utf8')).toBe(toReadme(reports))
})
