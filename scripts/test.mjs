// Sets up and builds what is missing, then checks types and rules and runs the tests; or only those tests that the arguments name to vitest.
import { ensureBrowsers } from './ensureBrowsers.mjs'
import { ensureBuild } from './ensureBuild.mjs'
import { ensureClients } from './ensureClients.mjs'
import { ensureDependencies } from './ensureDependencies.mjs'
import { reportPath } from './reportPath.mjs'
import { run, say } from './run.mjs'

const given = process.argv.slice(2)
/** Called as the npm script for a project would be, whether there is one or not. */
const suite = ['test', ...given.filter((_, i) => given[i - 1] === '--project')].join(':')

/** The suites that are quick enough for every change. */
const usual = ['--project', 'unit', '--project', 'e2e']

const lint = () => {
  say('checking types and rules')
  return run('npm', ['run', '--silent', 'lint']).ok
}

const runTests = () => {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath(suite)}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...report, ...(given.length ? given : usual)]
  return run(process.execPath, args).ok
}

ensureDependencies()
ensureBuild()
if (given.includes('clients')) ensureClients()
await ensureBrowsers(given.includes('engines') ? ['chromium', 'firefox', 'webkit'] : ['chromium'])
const isClean = given.length > 0 || lint()
process.exitCode = runTests() && isClean ? 0 : 1
