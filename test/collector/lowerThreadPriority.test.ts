import { getPriority } from 'node:os'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

test('a thread steps back, and the others of its process do not', async () => {
  const entry = fileURLToPath(new URL('../../src/collector/lowerThreadPriority.ts', import.meta.url))
  const code = `import { getPriority } from 'node:os'
    import { readlinkSync } from 'node:fs'
    import { parentPort } from 'node:worker_threads'
    import { lowerThreadPriority } from ${JSON.stringify(entry)}
    const isLowered = lowerThreadPriority()
    parentPort.postMessage({ isLowered, priority: isLowered ? getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1))) : undefined })`
  const { outputFiles } = await build({ stdin: { contents: code, resolveDir: '.' }, bundle: true, write: false, format: 'cjs', platform: 'node' })
  const own = getPriority()
  const worker = new Worker(outputFiles[0]!.text, { eval: true })
  const [told] = (await once(worker, 'message')) as [{ isLowered: boolean; priority?: number }]
  await worker.terminate()
  expect(getPriority()).toBe(own)
  if (process.platform === 'linux') expect(told).toEqual({ isLowered: true, priority: Math.min(19, own + 5) })
  else expect(told.isLowered).toBe(false)
})
