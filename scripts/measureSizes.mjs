import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
 * What an app's bundler makes of an import from the package, minified: the files that a page fetches at first, joined. What the package
 * imports when it is needed is in others.
 *
 * @param {string} code
 */
const bundle = async code => {
  const stdin = { contents: code, resolveDir: root }
  const { outputFiles, metafile } = await build({
    stdin,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    splitting: true,
    metafile: true,
    outdir: 'out',
  })
  const { outputs } = metafile
  /** @param {string} path @returns {string[]} */
  const withImports = path => [path, ...(outputs[path]?.imports ?? []).filter(({ kind }) => kind === 'import-statement').flatMap(({ path }) => withImports(path))]
  const entry = Object.keys(outputs).find(path => outputs[path]?.entryPoint) ?? ''
  const first = new Set(withImports(entry).map(path => resolve(path)))
  return Buffer.concat(outputFiles.filter(({ path }) => first.has(path)).map(({ contents }) => contents))
}

/** The sizes that the README quotes, by the name of their place in it. They are those of what `npm run build` has made. */
export const measureSizes = async () => ({
  script: measure(readFileSync(join(root, 'dist/sojourn.js'))),
  session: measure(readFileSync(join(root, 'dist/sojourn-session.js'))),
  import: measure(await bundle("export { createTracker } from 'sojourn'")),
  model: measure(await bundle("export * from 'sojourn/model'")),
})
