import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { onTestFinished } from 'vitest'
import { dialectSchemas } from '../../../src/collector/dialects/dialectSchemas.ts'
import { start } from '../batches.ts'
import { authorized, createTestEndpoint, type TestEndpointOptions } from '../createTestEndpoint.ts'

/** An answer to a client of another vendor. */
export interface Answer<T> {
  status: number
  body: T
  headers: Record<string, unknown>
}

/** An endpoint on memory whose clock can be moved. */
export const createDialectTest = (more: TestEndpointOptions = {}, headers: Record<string, string> = authorized) => {
  const clock = { at: start }
  const { app, ...endpoint } = createTestEndpoint({ clock: { now: () => clock.at, monotonicNow: () => clock.at }, ...more })
  onTestFinished(() => app.close())
  const ask = async <T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT', url: string, json?: unknown): Promise<Answer<T>> => {
    const payload = json === undefined ? {} : { payload: JSON.stringify(json) }
    const type = json === undefined ? {} : { 'content-type': 'application/json' }
    const response = await app.inject({ method, url, headers: { ...headers, ...type }, ...payload })
    return { status: response.statusCode, body: (response.body ? JSON.parse(response.body) : undefined) as T, headers: response.headers }
  }
  return { ...endpoint, app, clock, ask }
}

/** Creates the check of answers by a vendor's schema; it says what is wrong, and nothing when nothing is. */
export const createSchemaCheck = (name: string, part = '') => {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false })
  formats.default(ajv)
  ajv.addSchema({ ...dialectSchemas[name]!, $id: 'urn:test:model' })
  const isValid = ajv.compile({ $ref: `urn:test:model${part}` })
  return (value: unknown): string[] => (isValid(value) ? [] : (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`))
}
