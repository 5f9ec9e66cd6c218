import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../scripts/run.mjs'

/**
 * Makes the script of a subject, all alike: bundled by esbuild, minified by terser. Sojourn's script tag is what the collector serves.
 *
 * @param {import('./subjects.mjs').Subject} subject
 * @param {string} packages folder that has the `node_modules` of the peers
 * @returns {Promise<Buffer>}
 */
export const bundleSubject = async ({ id, entry }, packages) => {
  if (entry === undefined) return readFileSync(join(root, 'dist/sojourn.js'))
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: id === 'control' ? join(root, 'bench/page') : packages },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  /** @type {{ minify: (code: string, options: object) => Promise<{ code?: string }> }} */
  const { minify } = createRequire(join(packages, 'package.json'))('terser')
  const { code = '' } = await minify(outputFiles[0]?.text ?? '', { ecma: 2020, compress: { passes: 2 }, format: { comments: false } })
  return Buffer.from(code)
}
