import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './run.mjs'

/**
 * Bytes of a text, plain and as servers compress it.
 *
 * @param {Uint8Array} bytes
 */
export const measure = bytes => ({ plain: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length })

/**
 * What an app's bundler makes of an import from the package, minified.
 *
 * @param {string} code
 */
const bundle = async code => {
  const stdin = { contents: code, resolveDir: root }
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' })
  return outputFiles[0]?.contents ?? new Uint8Array()
}

/** The sizes that the README quotes, by the name of their place in it. They are those of what `npm run build` has made. */
export const measureSizes = async () => ({
  script: measure(readFileSync(join(root, 'dist/sojourn.js'))),
  session: measure(readFileSync(join(root, 'dist/sojourn-session.js'))),
  import: measure(await bundle("export { createTracker } from 'sojourn'")),
})
