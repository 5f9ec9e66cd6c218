import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../dist/collector/main.js', import.meta.url))

/** Starts the built program. What it is told comes from the arguments alone, whatever the environment of the tests says. */
export const startProgram = (args: string[], cwd: string) => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SOJOURN_')))
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number | null)

  return {
    pid: child.pid!,
    stdout: () => stdout,
    stderr: () => stderr,
    /** Resolves with its exit code; null when a signal ended it. */
    ended,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    /** Resolves with the address once it is printed. */
    url: async (): Promise<string> => {
      for (;;) {
        const found = /Live page +(\S+)\/\n/.exec(stdout)
        if (found && stdout.includes('API key')) return found[1]!
        const code = await Promise.race([once(child.stdout, 'data').then(() => undefined), ended])
        if (code !== undefined) throw new Error(`ended with ${code}: ${stderr}`)
      }
    },
    /** The API key that it printed. */
    apiKey: (): string | undefined => /API key +(sojourn_\S+)/.exec(stdout)?.[1],
  }
}
