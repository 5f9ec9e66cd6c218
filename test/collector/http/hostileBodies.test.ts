import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import { problems } from '../../../src/collector/problem.ts'
import { batchOf } from '../batches.ts'
import { createTestEndpoint } from '../createTestEndpoint.ts'
import { createHostileBodies } from './hostileBodies.ts'

const count = 10_000

const openGc = (): (() => void) => {
  v8.setFlagsFromString('--expose-gc')
  return vm.runInNewContext('gc') as () => void
}

test(
  '10,000 hostile bodies are refused, leave nothing behind, and the next good batch is taken',
  { timeout: 120_000 },
  async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
    process.stdout.write(`hostile bodies: SEED=${seed}\n`)
    const next = createHostileBodies(seed)
    const { post, log, app } = createTestEndpoint()
    const gc = openGc()

    const refused = new Map<string, number>()
    const attack = async (times: number): Promise<number> => {
      for (let i = 0; i < times; i++) {
        const { kind, payload, headers } = next()
        const { statusCode, body } = await post(payload, headers)
        const { code, status } = JSON.parse(body) as { code: keyof typeof problems; status: number }
        const expectation = `${kind}: ${String(payload).slice(0, 200)}`
        expect(statusCode >= 400 && statusCode < 500, `${statusCode} for ${expectation}`).toBe(true)
        expect([status, problems[code].status], expectation).toEqual([statusCode, statusCode])
        refused.set(code, (refused.get(code) ?? 0) + 1)
      }
      gc()
      return process.memoryUsage().heapUsed
    }

    await attack(count / 10)
    const before = await attack((count * 4) / 10)
    const after = await attack(count / 2)

    expect(after / before).toBeLessThan(1.1)
    expect(log.last()).toBe(0)
    expect('polluted' in {}).toBe(false)
    // The generator reaches every way in which a body is refused.
    expect([...refused.keys()].sort()).toEqual([
      'batch-too-large',
      'invalid-batch',
      'malformed-gzip',
      'malformed-json',
      'malformed-text',
      'no-valid-event',
      'origin-not-allowed',
      'too-deep',
      'unknown-site',
      'unsupported-media-type',
    ])
    expect((await post(JSON.stringify(batchOf()))).json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
    expect(log.read(0, 10).map(({ batch }) => batch)).toEqual([batchOf()])
    await app.close()
  },
)
