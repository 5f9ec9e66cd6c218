import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Count } from './createCounter.ts'

const folder = fileURLToPath(new URL('../../../test-results/faults/', import.meta.url))

export interface Result extends Count {
  scenario: string
  trials: number
  /** What the platform does not let any tracker do, with its reference; then `lost` may be more than 0. */
  limit?: string
  /** Trials beside these that Chromium cut short. */
  cut?: number
}

/** Keeps the result of a scenario for the table, see `scripts/faultTable.mjs`. */
export const keepResult = (result: Result): void => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}${result.scenario.replaceAll(/\W+/g, '-')}.json`, JSON.stringify(result))
}
