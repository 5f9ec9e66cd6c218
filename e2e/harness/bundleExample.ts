import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('../../examples/', import.meta.url))

/** Builds an example as its README says. @returns its page, which reports to the collector, and its program */
export const bundleExample = async (entry: string, collector: string): Promise<{ page: string; program: string }> => {
  const { outputFiles } = await build({
    entryPoints: [folder + entry],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  const page = readFileSync(`${folder}${entry.split('/')[0]}/index.html`, 'utf8')
  return { page: page.replace('http://localhost:4800', collector), program: outputFiles[0]!.text }
}
