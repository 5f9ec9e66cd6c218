import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { emptyCatch } from './repository/emptyCatch.ts'
import { fileLength } from './repository/fileLength.ts'
import { functionLength } from './repository/functionLength.ts'
import { importDirection } from './repository/importDirection.ts'
import { machinePaths } from './repository/machinePaths.ts'
import { moduleLevel } from './repository/moduleLevel.ts'
import { naming } from './repository/naming.ts'
import { noAny } from './repository/noAny.ts'
import { packageScripts } from './repository/packageScripts.ts'
import { parameterCount } from './repository/parameterCount.ts'
import { pureModel } from './repository/pureModel.ts'
import { parseSource, readSources, type Rule, type Violation } from './repository/source.ts'
import { testFiles } from './repository/testFiles.ts'
import { valueCycles } from './repository/valueCycles.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const program = readSources(root, ['src'])
const tests = readSources(root, ['test', 'e2e', 'bench'])
const scripts = readSources(root, ['scripts'])

/** One line per violation, so that a failure reads like a compiler's. */
const show = (violations: Violation[]): string => violations.map(({ path, line, what }) => `${path}:${line} ${what}`).join('\n')

/** Runs a rule on files made of text: `{ 'src/model/a.ts': '...' }`. */
const refute = (rule: Rule, files: Record<string, string>): string =>
  show(rule(Object.entries(files).map(([path, text]) => parseSource(path, text))))

const lines = (count: number): string => 'x()\n'.repeat(count)

const functionOf = (name: string, length: number): string => `const ${name} = () => {\n${lines(length - 2)}}\n`

describe('the length of files', () => {
  const rule = fileLength({ median: 90, most: 250 })

  test('is small in src', () => expect(show(rule(program))).toBe(''))
  test('is bounded in scripts and in what tests share', () => {
    const shared = [...tests, ...scripts].filter(({ path }) => !path.endsWith('.test.ts'))
    expect(show(fileLength({ median: 250, most: 250 })(shared))).toBe('')
  })
  test('is refuted by a long file', () =>
    expect(refute(rule, { 'a.ts': lines(251), 'b.ts': '', 'c.ts': '' })).toBe('a.ts:251 251 lines, more than 250'))
  test('is refuted by a median of 91 lines', () =>
    expect(refute(rule, { 'a.ts': lines(91), 'b.ts': lines(91), 'c.ts': '' })).toBe('src:0 the median file has 91 lines, more than 90'))
})

describe('the length of functions', () => {
  const rule = functionLength({ usual: 40, most: 80, composing: 120 })

  test('is small in src', () => expect(show(rule(program))).toBe(''))
  test('is refuted by a function of 81 lines', () =>
    expect(refute(rule, { 'a.ts': functionOf('fold', 81) + functionOf('f', 3).repeat(9) })).toBe('a.ts:1 fold: 81 lines, more than 80'))
  test('is refuted by a composing function of 121 lines', () => {
    const short = functionOf('f', 3).repeat(18)
    expect(refute(rule, { 'a.ts': functionOf('createA', 120) + functionOf('startB', 121) + short })).toBe('a.ts:121 startB: 121 lines, more than 120')
  })
  test('is refuted when more than one in ten has 41 lines', () =>
    expect(refute(rule, { 'a.ts': functionOf('fold', 41) + functionOf('f', 3).repeat(8) })).toBe('a.ts:1 fold: 41 lines, more than 40'))
})

describe('positional parameters', () => {
  const rule = parameterCount(3)

  test('are three at most', () => expect(show(rule([...program, ...tests, ...scripts]))).toBe(''))
  test('are refuted by a function and by a type with four', () => {
    const text = 'const f = (a, b, c, d) => a\ninterface A { run(a: 1, b: 2, c: 3, d: 4): void }'
    expect(refute(rule, { 'a.ts': text })).toBe('a.ts:1 4 positional parameters, more than 3\na.ts:2 4 positional parameters, more than 3')
  })
  test('are columns in the test of a table', () => expect(refute(rule, { 'a.ts': "test.each(rows)('a', (a, b, c, d) => a)" })).toBe(''))
})

describe('the import direction', () => {
  const samples: [title: string, files: Record<string, string>, violation: string][] = [
    ['a model that knows the tracker', { 'src/model/a.ts': "import type { A } from '../tracker/a.ts'" }, 'model imports tracker'],
    ['a model that needs a package', { 'src/model/a.ts': "import 'node:fs'" }, 'model imports the package node:fs'],
    ['a tracker that knows the collector', { 'src/tracker/a.ts': "export * from '../collector/a.ts'" }, 'tracker imports collector'],
    ['a collector that loads the tracker late', { 'src/collector/a.ts': "await import('../tracker/a.ts')" }, 'collector imports tracker'],
    ['a tracker that needs a server package', { 'src/tracker/a.ts': "import f from 'fastify'" }, 'tracker imports the package fastify'],
    ['a file outside src', { 'src/live/a.ts': "import '../../test/a.ts'" }, 'live imports test/a.ts, which is outside src'],
    ['an effect out of place', { 'src/tracker/store/store.ts': "import { a } from '../browser/a.ts'" }, 'src/tracker/browser/ is for composition roots only'],
    ['a type of an effect out of place', { 'src/collector/reading/query.ts': "let a: import('../sqlite/a.ts').A" }, 'src/collector/sqlite/ is for composition roots only'],
    ['a list that knows who asks for it', { 'src/collector/reading/query.ts': "import { a } from '../http/a.ts'" }, 'src/collector/http/ is for who serves'],
    ['a room without rules', { 'src/shared/a.ts': "import './b.ts'" }, 'unknown room shared: say in the import rules what it may import'],
  ]

  test('goes from programs to the model', () => expect(show(importDirection(program))).toBe(''))
  test('lets a composition root take effects', () =>
    expect(refute(importDirection, { 'src/tracker/createTracker.ts': "import { a } from './browser/a.ts'" })).toBe(''))
  test.each(samples)('is refuted by %s', (_title, files, violation) =>
    expect(refute(importDirection, files)).toBe(`${Object.keys(files)[0]!}:1 ${violation}`))
})

describe('the value imports', () => {
  const cycle = { 'src/a.ts': "import { b } from './b.ts'", 'src/b.ts': "export { c } from './c.ts'" }

  test('have no cycle', () => expect(show(valueCycles([...program, ...tests, ...scripts]))).toBe(''))
  test('are refuted by three files in a ring', () =>
    expect(refute(valueCycles, { ...cycle, 'src/c.ts': "import { a } from './a.ts'" })).toBe('src/a.ts:1 cycle src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts'))
  test('may close a ring with a type', () => {
    expect(refute(valueCycles, { ...cycle, 'src/c.ts': "import type { A } from './a.ts'" })).toBe('')
    expect(refute(valueCycles, { ...cycle, 'src/c.ts': "import { type A } from './a.ts'" })).toBe('')
  })
})

describe('the level of modules', () => {
  const samples: [text: string, violation: string][] = [
    ['let count = 0', 'a variable of the module: state belongs into a create*'],
    ['export const cache = new Map()', 'a collection of the module that starts empty is state'],
    ['start()', 'a side effect at module level'],
    ['if (a) b()', 'a side effect at module level'],
    ['const width = window.innerWidth', 'evaluates window when it is imported'],
    ['const started = Date.now()', 'evaluates Date.now() when it is imported'],
    ['const settings = await load()', 'evaluates await load() when it is imported'],
    ['class Tracker {}', 'a class that is no error: use a create* function'],
  ]

  test('holds constants and functions only', () => expect(show(moduleLevel(program))).toBe(''))
  test.each(samples)('is refuted by %s', (text, violation) =>
    expect(refute(moduleLevel, { 'src/tracker/a.ts': text })).toBe(`src/tracker/a.ts:1 ${violation}`))
  test('allows constants, functions, errors, and the effects of programs', () => {
    const text = 'export const words = new Set([1])\nconst now = () => Date.now()\nexport class Broken extends Error {}\ndeclare const version: string'
    expect(refute(moduleLevel, { 'src/model/a.ts': text, 'src/collector/main.ts': 'start(process.argv)' })).toBe('')
  })
  test('is refuted by a variable of a program', () =>
    expect(refute(moduleLevel, { 'src/collector/main.ts': 'let server' })).toBe('src/collector/main.ts:1 a variable of the module'))
})

describe('types', () => {
  test('have no any', () => expect(show(noAny([...program, ...tests]))).toBe(''))
  test.each([
    ['const a: any = 1', 'any'],
    ['f(a as any)', 'any'],
    ['const b = a as unknown as B', 'a cast of a cast'],
    [`// @ts-${'ignore'}`, `@ts-${'ignore'} on line 1`],
    [`// eslint-${'disable'}-next-line`, `eslint-${'disable'} on line 1`],
  ])('are refuted by %s', (text, violation) => expect(refute(noAny, { 'a.ts': text })).toBe(`a.ts:1 ${violation}`))
})

describe('a catch', () => {
  test('answers', () => expect(show(emptyCatch([...program, ...tests, ...scripts]))).toBe(''))
  test.each([
    ['try { a() } catch {}', 'an empty catch'],
    ['try { a() } catch (error) { /* why not */ }', 'an empty catch'],
    ['a().catch(() => {})', 'a rejection that is swallowed'],
    ['a().then(b, () => {})', 'a rejection that is swallowed'],
  ])('is refuted by %s', (text, violation) => expect(refute(emptyCatch, { 'a.ts': text })).toBe(`a.ts:1 ${violation}`))
})

describe('the scripts of package.json', () => {
  const rule = (scripts: Record<string, string>) => show(packageScripts({ scripts }, { most: 12, length: 80 }))
  const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, 'x']))

  test('are few and short', () => {
    const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> }
    expect(rule(manifest.scripts)).toBe('')
  })
  test('are refuted by 13 of them', () => expect(rule(names(13))).toBe('package.json:0 13 scripts, more than 12'))
  test('are refuted by one of 81 characters', () =>
    expect(rule({ long: 'x'.repeat(81) })).toBe('package.json:0 long: 81 characters, more than 80'))
})

describe('a test file', () => {
  const rule = testFiles({ most: 400 })

  // What a benchmark measures happens over time, and it is no test that could be quicker.
  test('is short, sleeps never, and runs always', () => expect(show(rule(tests.filter(({ path }) => !path.startsWith('bench/'))))).toBe(''))
  test.each([
    ['await new Promise(resolve => set' + 'Timeout(resolve, 100))', 'a sleep: wait for what can be observed'],
    ['await new Promise(done => { set' + 'Timeout(() => done(), 100) })', 'a sleep: wait for what can be observed'],
    ["import { setTimeout } from 'node:timers/promises'", 'a sleep: wait for what can be observed'],
    ['await page.waitForTimeout(100)', 'a sleep: page.waitForTimeout'],
    ['await sleep(100)', 'a sleep: sleep'],
    ["test.skip('a', () => {})", '.skip'],
    ["describe.only('a', () => {})", '.only'],
    ["test('a', { retry: 2 }, () => {})", 'a retry'],
    ["test('it should work', () => {})", 'a title with "should": say what is so'],
  ])('is refuted by %s', (text, violation) => expect(refute(rule, { 'a.test.ts': text })).toBe(`a.test.ts:1 ${violation}`))
  test('is refuted by 401 lines', () => expect(refute(rule, { 'a.test.ts': lines(401) })).toBe('a.test.ts:401 401 lines, more than 400'))
})

describe('names', () => {
  test('tell what is inside', () => expect(show(naming(program))).toBe(''))
  test.each([
    ['src/tracker/utils.ts', 'export const utils = 1', 'utils says nothing about what is in it'],
    ['src/tracker/sessionManager.ts', 'export const sessionManager = 1', 'sessionManager says nothing about what is in it'],
    ['src/common/clock.ts', 'export const clock = 1', 'common says nothing about what is in it'],
    ['src/tracker/out-box.ts', 'export const outbox = 1', 'out-box is not in camelCase'],
    ['src/tracker/store/outbox.ts', 'export const queue = 1', "no export carries the file's name; it exports queue"],
    ['src/tracker/clock.ts', 'export interface IClock {}', 'IClock: types are plain nouns, without I-, -Impl, -Data, -Info'],
    ['src/tracker/clock.ts', 'export type ClockInfo = 1', 'ClockInfo: types are plain nouns, without I-, -Impl, -Data, -Info'],
  ])('are refuted by %s with %s', (path, text, violation) => expect(refute(naming, { [path]: text })).toBe(`${path}:1 ${violation}`))
})

describe('the model', () => {
  test('is pure', () => expect(show(pureModel(program))).toBe(''))
  test.each([
    ['const f = () => Date.now()', 'the model uses Date.now'],
    ['const f = () => new Date()', 'the model asks the clock'],
    ['const f = () => crypto.randomUUID()', 'the model uses crypto.randomUUID'],
    ['const f = () => document.title', 'the model uses document.title'],
  ])('is refuted by %s', (text, violation) => expect(refute(pureModel, { 'src/model/a.ts': text })).toBe(`src/model/a.ts:1 ${violation}`))
})

describe('the files of the project', () => {
  const skipped = /(^|\/)(node_modules|dist|\.git|sojourn-data|coverage|test-results)(\/|$)/
  const listTexts = (): { path: string; text: string }[] =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !skipped.test(entry.parentPath.slice(root.length)))
      .map(entry => `${entry.parentPath.slice(root.length - 1)}/${entry.name}`.slice(1))
      .map(path => ({ path, text: readFileSync(root + path, 'utf8') }))

  test('name no machine', () => expect(show(machinePaths(listTexts()))).toBe(''))
  test('are refuted by a path in a home folder', () => {
    const folder = ['', 'home', 'ann'].join('/')
    expect(show(machinePaths([{ path: 'a.md', text: `cd\ncd ${folder}/sojourn` }]))).toBe(`a.md:2 ${folder}`)
  })
  test('are refuted by a lockfile of another registry', () => {
    const text = '"resolved": "https://mirror.example.com/a.tgz"'
    expect(show(machinePaths([{ path: 'package-lock.json', text }]))).toBe(`package-lock.json:1 ${text}`)
  })
})
