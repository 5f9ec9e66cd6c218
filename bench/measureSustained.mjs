import { runLoad } from './runLoad.mjs'
import { startServer } from './startServer.mjs'

/** Seconds before anything is measured: code is compiled as it turns out to be busy, and a collector's is not after two. */
export const warmUp = Number(process.env.WARM_UP ?? 6)

/**
 * What a collector takes in, on a data folder.
 *
 * @param {string} folder
 * @param {{ seconds: number } & import('./runLoad.mjs').LoadOptions} options
 * @returns batches a second that were acknowledged, and that were folded into Sessions; and what it cost
 */
export const measureSustained = async (folder, options) => {
  const server = await startServer(['collector', folder])
  await server.caughtUp()
  await runLoad(server.port, { ...options, seconds: warmUp })
  await server.caughtUp()
  const startedAt = performance.now()
  const { acknowledged, refused, seconds, p99 } = await runLoad(server.port, options)
  await server.caughtUp()
  const total = (performance.now() - startedAt) / 1000
  const memory = await server.memory()
  await server.stop()
  return { acknowledged: acknowledged / seconds, sustained: acknowledged / total, refused, p99, memory }
}
