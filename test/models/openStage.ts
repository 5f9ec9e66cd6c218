import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import analyticsConversation from '../../src/collector/dialects/genesysAnalytics/analyticsConversation.json' with { type: 'json' }
import journeyEvents from '../../src/collector/dialects/genesysJourney/journeyEvents.json' with { type: 'json' }
import journeySegments from '../../src/collector/dialects/genesysJourney/journeySegments.json' with { type: 'json' }
import journeySession from '../../src/collector/dialects/genesysJourney/journeySession.json' with { type: 'json' }
import syllableSession from '../../src/collector/dialects/syllable/syllableSession.json' with { type: 'json' }
import vapiSession from '../../src/collector/dialects/vapi/vapiSession.json' with { type: 'json' }
import { createSigner, type Signer } from '../collector/identity/tokens.ts'
import { createCoverage, type Coverage } from './createCoverage.ts'
import type { ModelSchema } from './modelSchema.ts'
import { writeMmdb } from './writeMmdb.ts'

/** The six models: what each is called as a whole, and its schema. */
export const models = {
  session: { whole: 'Session', schema: journeySession as ModelSchema },
  events: { whole: 'Event', schema: journeyEvents as ModelSchema },
  segments: { whole: 'JourneySegment', schema: journeySegments as ModelSchema },
  analytics: { whole: 'AnalyticsConversation', schema: analyticsConversation as ModelSchema },
  syllable: { whole: 'Session', schema: syllableSession as ModelSchema },
  vapi: { whole: 'Session', schema: vapiSession as ModelSchema },
} as const

export type ModelName = keyof typeof models

export const modelNames = Object.keys(models) as ModelName[]

type Request = readonly [method: string, path: string, body?: unknown, headers?: Record<string, string>]

interface Answer<T> {
  status: number
  body: T
}

/** A collector as it is installed, on files of its own, and what has been seen of the models in its answers. */
export interface Stage {
  /** Signs tokens that the site accepts. */
  signer: Signer
  coverage: Record<ModelName, Coverage>
  /** Asks over HTTP, with the API key; other headers come beside it. */
  ask<T = Record<string, unknown>>(request: Request): Promise<Answer<T>>
  /** Asks, expects success, and has the answer looked at as a part of a model. */
  see<T = Record<string, unknown>>(model: ModelName, part: string, request: Request): Promise<T>
  close(): Promise<void>
}

const apiKey = 'secret-secret-secret'

/** An address that the databases of the test know. */
export const address = '203.0.113.7'

const network = [203, 0, 113]

const writeDatabases = (folder: string): { city: string; asn: string } => {
  const files = { city: join(folder, 'city.mmdb'), asn: join(folder, 'asn.mmdb') }
  const place = {
    country: { iso_code: 'SE', names: { en: 'Sweden' } },
    city: { names: { en: 'Linköping' } },
    subdivisions: [{ iso_code: 'E', names: { en: 'Östergötland County' } }],
    location: { latitude: 58.4167, longitude: 15.6167, time_zone: 'Europe/Stockholm' },
    postal: { code: '582 22' },
  }
  writeMmdb(files.city, { type: 'Test-City', network, record: place })
  writeMmdb(files.asn, { type: 'Test-ASN', network, record: { autonomous_system_organization: 'Example Networks' } })
  return files
}

/** The collector as it is built: its projection runs in a thread, which needs a program that Node can run. */
const built = new URL('../../dist/collector/index.js', import.meta.url).href

export const openStage = async (): Promise<Stage> => {
  const { createCollector } = (await import(/* @vite-ignore */ built)) as typeof import('../../src/collector/index.ts')
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-models-'))
  const signer = await createSigner()
  const collector = createCollector({
    port: 0,
    data: join(folder, 'data'),
    apiKey,
    logLevel: 'silent',
    trustedProxies: ['127.0.0.0/8', '::1/128'],
    geolocation: writeDatabases(folder),
    rateLimits: { address: false, site: false, api: false },
    sites: [
      {
        id: 'shop',
        origins: ['https://shop.example.com'],
        externalUrl: 'https://crm.example.com/shop',
        divisionIds: ['division-1'],
        keepFragment: true,
        identityKeys: [{ jwks: { keys: [signer.jwk] } }],
      },
    ],
  })
  await collector.listen()
  const coverage = Object.fromEntries(modelNames.map(name => [name, createCoverage(models[name].schema, models[name].whole)])) as Record<ModelName, Coverage>

  const ask: Stage['ask'] = async <T>([method, path, body, headers = {}]: Request): Promise<Answer<T>> => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(collector.url() + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...type, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T }
  }

  return {
    signer,
    coverage,
    ask,
    see: async <T>(model: ModelName, part: string, request: Request): Promise<T> => {
      const [method, path] = request
      const answer = await ask<T>(request)
      expect([answer.status, Math.floor(answer.status / 100) === 2 ? '' : answer.body], `${method} ${path}`).toEqual([answer.status, ''])
      expect(coverage[model].see(answer.body, part), `${method} ${path}`).toEqual([])
      return answer.body
    },
    close: async () => {
      await collector.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
