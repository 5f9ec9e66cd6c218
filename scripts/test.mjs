// Sets up and builds what is missing, then runs the tests: all of them, or those that the arguments name to vitest.
import { ensureBuild } from './ensureBuild.mjs'
import { ensureChromium } from './ensureChromium.mjs'
import { ensureDependencies } from './ensureDependencies.mjs'
import { run } from './run.mjs'

ensureDependencies()
ensureBuild()
const env = { CHROMIUM: await ensureChromium() }
process.exitCode = run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], { env }).status
