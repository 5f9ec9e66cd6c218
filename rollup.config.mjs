import { chmodSync, readFileSync } from 'node:fs'
import json from '@rollup/plugin-json'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'
import { measure } from './scripts/measureSizes.mjs'
import { dissolve } from './scripts/shorten/dissolve/dissolve.mjs'
import { shortenNames } from './scripts/shorten/shortenNames.mjs'

const { version, dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

/**
 * What the modules of the tracker call each other's parts, and how the script calls them: the names that compress best of those that
 * `node scripts/shorten/chooseNames.mjs` has tried. They may change with each build: so none may ever be stored, sent, told to another
 * tab, handed to a part that the script fetches, or be an option, a method or a field that a page sees. A name that is missing there
 * costs a few bytes, no more.
 *
 * @type {Record<string, string>}
 */
const internalNames = JSON.parse(readFileSync(new URL('scripts/shorten/internalNames.json', import.meta.url), 'utf8'))

/**
 * What variables of the script are called where it is possible, by their name in the source: chosen with the names of properties. Any other
 * table, an empty one too, makes a script that does the same.
 *
 * @type {Record<string, string>}
 */
const localNames = JSON.parse(readFileSync(new URL('scripts/shorten/localNames.json', import.meta.url), 'utf8'))

const compile = () =>
  esbuild({ target: 'es2022', define: { __SOJOURN_VERSION__: JSON.stringify(version) }, jsx: 'automatic', jsxImportSource: 'preact' })

/**
 * Declares with `let` what the compiler has checked as `const`: declarations of one kind are joined, and compress better.
 *
 * @returns {import('rollup').Plugin}
 */
const relax = () => ({
  name: 'let-for-const',
  renderChunk(code) {
    /** @type {number[]} */
    const starts = []
    /** @param {unknown} node */
    const visit = node => {
      if (typeof node !== 'object' || node === null) return
      if ('kind' in node && node.kind === 'const' && 'start' in node) starts.push(Number(node.start))
      Object.values(node).forEach(visit)
    }
    visit(this.parse(code))
    return starts.sort((a, b) => b - a).reduce((text, start) => `${text.slice(0, start)}let${text.slice(start + 'const'.length)}`, code)
  },
})

/**
 * Makes one function of those that the tracker is put together from.
 *
 * @returns {import('rollup').Plugin}
 */
const joinParts = () => ({ name: 'join-parts', renderChunk: dissolve })

/** @param {boolean} [mangle] false where variables are named later */
const minify = (mangle = true) =>
  terser({
    module: true,
    ecma: 2020,
    mangle,
    compress: { passes: 4, unsafe_arrows: true, inline: 1, hoist_funs: true, pure_getters: true, keep_fargs: false },
    format: { comments: false },
  })

/**
 * Has Chromium (136 and later) compile the whole script while it is fetched, beside the main thread: most of it runs at the start, and what is
 * compiled only then holds up the page's parser. The collector keeps this line the first one, where alone it counts.
 *
 * @returns {import('rollup').Plugin}
 */
const hint = () => ({ name: 'compile-hint', renderChunk: code => `//# allFunctionsCalledOnLoad\n${code}` })

/**
 * What npm installs beside the package stays an import; only the programs for the browser carry theirs inside.
 *
 * @param {string} id
 */
const isInstalled = id => id.startsWith('node:') || Object.keys(dependencies).some(name => id === name || id.startsWith(`${name}/`))

/** @returns {import('rollup').Plugin} tells the size, plain and as servers compress it */
const printSize = () => ({
  name: 'print-size',
  writeBundle: (_options, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      const { plain, gzip, brotli } = measure(Buffer.from(chunk.code))
      process.stdout.write(`${chunk.fileName}: ${plain} bytes, gzip ${gzip} bytes, brotli ${brotli} bytes\n`)
    }
  },
})

/**
 * Files that are served as they are, put beside the program; several sources become one file.
 *
 * @param {Record<string, string[]>} files sources by name
 * @returns {import('rollup').Plugin}
 */
const copy = files => ({
  name: 'copy',
  generateBundle() {
    for (const [fileName, sources] of Object.entries(files)) {
      this.emitFile({ type: 'asset', fileName, source: Buffer.concat(sources.map(source => readFileSync(source))) })
    }
  },
})

/**
 * @param {string} file gets the right to be run as a command
 * @returns {import('rollup').Plugin}
 */
const executable = file => ({ name: 'executable', writeBundle: () => chmodSync(file, 0o755) })

/**
 * A program for the browser: one file with everything in it.
 *
 * @param {string} input
 * @param {import('rollup').OutputOptions} output
 * @param {import('rollup').Plugin[]} plugins
 * @returns {import('rollup').RollupOptions}
 */
const browserProgram = (input, output, plugins) => ({
  input,
  output: { generatedCode: 'es2015', ...output },
  plugins: [nodeResolve({ browser: true }), compile(), relax(), ...plugins],
})

/**
 * The modules of the npm package: dist mirrors src file by file, so that bundlers drop what is not used.
 *
 * @type {import('rollup').RollupOptions}
 */
const modules = {
  input: ['tracker/index', 'tracker/autotrack/removeTags', 'tracker/autotrack/searchForms', 'model/index', 'collector/index', 'collector/main', 'collector/recordWorker', 'collector/checkpointWorker', 'collector/projectionWorker'].map(name => `src/${name}.ts`),
  external: isInstalled,
  output: {
    dir: 'dist',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: 'src',
    banner: chunk => (chunk.facadeModuleId?.endsWith('collector/main.ts') ? '#!/usr/bin/env node' : ''),
  },
  plugins: [nodeResolve(), json(), compile(), executable('dist/collector/main.js')],
}

/** What the script fetches when a page needs it. */
const parts = ['session', 'check', 'message', 'history', 'lease', 'links', 'sources']

const livePage = {
  'index.html': ['src/live/index.html'],
  'live.css': ['theme', 'frame', 'sessions', 'detail', 'campaigns', 'definitions'].map(part => `src/live/style/${part}.css`),
  'icon.svg': ['src/live/icon.svg'],
}

export default [
  browserProgram('src/tracker/script.ts', { file: 'dist/sojourn.js', format: 'iife' }, [joinParts(), minify(false), shortenNames(internalNames, localNames), hint(), printSize()]),
  ...parts.map(part => browserProgram(`src/tracker/parts/${part}.ts`, { file: `dist/sojourn-${part}.js`, format: 'es' }, [minify(), printSize()])),
  modules,
  browserProgram('src/live/main.tsx', { file: 'dist/live/live.js', format: 'es' }, [minify(), copy(livePage)]),
]
