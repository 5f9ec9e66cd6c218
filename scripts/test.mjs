// Sets up and builds what is missing, then checks types and rules and runs the tests; or only those tests that the arguments name to vitest.
import { ensureBuild } from './ensureBuild.mjs'
import { ensureChromium } from './ensureChromium.mjs'
import { ensureDependencies } from './ensureDependencies.mjs'
import { reportPath } from './reportPath.mjs'
import { run, say } from './run.mjs'

const given = process.argv.slice(2)

/** The suites that are quick enough for every change. */
const usual = ['--project', 'unit', '--project', 'e2e']

const lint = () => {
  say('checking types and rules')
  return run('npm', ['run', '--silent', 'lint']).ok
}

/** @param {string} chromium */
const runTests = chromium => {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath(process.env.npm_lifecycle_event ?? 'test')}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...report, ...(given.length ? given : usual)]
  return run(process.execPath, args, { env: { CHROMIUM: chromium } }).ok
}

ensureDependencies()
ensureBuild()
const chromium = await ensureChromium()
const isClean = given.length > 0 || lint()
process.exitCode = runTests(chromium) && isClean ? 0 : 1
