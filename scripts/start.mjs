// Sets up and builds what is missing, then becomes the collector: `npm start -- --port 0` and so on.
import { ensureBuild } from './ensureBuild.mjs'
import { ensureDependencies } from './ensureDependencies.mjs'

ensureDependencies()
ensureBuild()
// In this process, so that signals and the exit code are the collector's own.
await import(new URL('../dist/collector/main.js', import.meta.url).href)
