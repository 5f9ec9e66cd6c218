import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'

const built = new Map<string, Promise<string>>()

const make = async (entry: string): Promise<string> => {
  const { outputFiles } = await bundle({
    entryPoints: [fileURLToPath(new URL(`../../../src/tracker/${entry}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'built',
    target: 'es2022',
    define: { __SOJOURN_VERSION__: '"0.0.0-test"' },
  })
  // Modules that the code fetches come from the tab it runs in.
  return outputFiles[0]!.text.replaceAll(/\bimport\(/g, 'importModule(')
}

/** The tracker's code as a page loads it, so that each tab has modules of its own. */
export const build = (entry: string): Promise<string> => {
  const known = built.get(entry) ?? make(entry)
  built.set(entry, known)
  return known
}
