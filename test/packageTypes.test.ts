import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const pathOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))
const names = readdirSync(pathOf('docs'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'))
const documents = ['README.md', ...names.map(name => `docs/${name}`)].map(name => readFileSync(pathOf(name), 'utf8'))
const imported = new Set(documents.flatMap(text => [...text.matchAll(/from '(sojourn[^']*)'/g)].map(([, name]) => name!)))

test.each([...imported])('%s, which the documents import, brings its types', name => {
  const options: ts.CompilerOptions = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
  const { resolvedModule } = ts.resolveModuleName(name, pathOf('app.ts'), options, ts.sys, undefined, undefined, ts.ModuleKind.ESNext)
  expect(resolvedModule?.extension).toBe('.d.ts')
})
