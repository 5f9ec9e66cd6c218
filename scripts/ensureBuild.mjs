import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, readStamp } from './hashFiles.mjs'
import { fail, root, run, say } from './run.mjs'

const stamp = 'dist/.sources'

const sources = ['src', 'package.json', 'package-lock.json', 'rollup.config.mjs', 'scripts/shorten', 'tsconfig.json', 'tsconfig.build.json']

/** Builds dist anew when it was made from other sources. */
export const ensureBuild = () => {
  const wanted = hashFiles(sources)
  if (readStamp(stamp) === wanted) return
  say('building')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const result = run('npm', ['run', '--silent', 'build'], { quiet: true })
  if (!result.ok) fail(`The build failed.\n${result.output}`)
  writeFileSync(join(root, stamp), wanted)
  for (const line of result.output.split('\n')) if (line.includes('brotli')) say(line)
}
