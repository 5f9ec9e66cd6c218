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

/** @param {string} name */
const measureFile = name => measure(readFileSync(join(root, 'dist', `${name}.js`)))
/** @param {string} names @param {string} path */
const measureImport = async (names, path) => measure(await bundle(`export ${names} from '${path}'`))

/**
 * Sizes of everything that a page can be given: the script and the files that it fetches when it needs them, and each import from npm, with all
 * that it brings. They are those of what `npm run build` has made. The README quotes some, by the names that they have here.
 */
export const measureSizes = async () => ({
  script: measureFile('sojourn'),
  session: measureFile('sojourn-session'),
  check: measureFile('sojourn-check'),
  message: measureFile('sojourn-message'),
  history: measureFile('sojourn-history'),
  lease: measureFile('sojourn-lease'),
  links: measureFile('sojourn-links'),
  sources: measureFile('sojourn-sources'),
  import: await measureImport('{ createTracker }', 'sojourn'),
  appImport: await measureImport('{ createAppTracker }', 'sojourn'),
  removeTags: await measureImport('*', 'sojourn/autotrack/removeTags'),
  searchForms: await measureImport('*', 'sojourn/autotrack/searchForms'),
  model: await measureImport('*', 'sojourn/model'),
})
