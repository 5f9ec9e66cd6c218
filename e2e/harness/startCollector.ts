import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CollectorOptions as CollectorSetup } from '../../src/collector/settings/options.ts'
import type { Site } from '../../src/collector/site.ts'

const program = fileURLToPath(new URL('../../dist/collector/main.js', import.meta.url))

export interface CollectorOptions {
  /** The configuration file. Default: none, which is the one site `demo`. */
  config?: { sites: Site[] } & Pick<CollectorSetup, 'trustedProxies' | 'rateLimits' | 'segments' | 'outcomes'>
  /** More flags, as on the command line. */
  args?: string[]
  /** Default: none, and the collector makes one and prints it. */
  apiKey?: string
  /** Makes the data folder a disk of its own with so many bytes, which is gone when the collector ends. Linux only. */
  diskBytes?: number
}

/** A collector in a process of its own, on a folder of its own. */
export interface Collector {
  /** Without a slash at its end; the same after a restart. */
  url: string
  apiKey: string
  /** Its data folder, as other programs see it. */
  data(): string
  /** What it has printed so far, on both streams. */
  output(): string
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
  /** Starts again on the same data and port. */
  restart(): Promise<void>
  /** Asks it to end, as `kill` without a number does. @returns its exit code; null when it was killed before */
  end(): Promise<number | null>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

interface Running {
  child: ChildProcess
  output(): string
  url: string
}

/** The flags alone decide, whatever the environment of the tests says. */
const environment = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SOJOURN_')))

/** Starts the program and waits until it has printed where it listens. */
const launch = async (args: string[], wrapper: string[]): Promise<Running> => {
  const [command, ...rest] = [...wrapper, process.execPath, program, ...args]
  const child = spawn(command!, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: environment() })
  let text = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      const found = /Live page\s+(http:\S+?)\/\n[^]*API key.*\n/.exec(text)
      if (found) resolve(found[1]!)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the collector ended with ${code} before it listened:\n${text}`)))
  })
  return { child, url, output: () => text }
}

const signal = async (child: ChildProcess, name: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const gone = once(child, 'exit')
  child.kill(name)
  await gone
  return child.exitCode
}

const parseKey = (output: string): string => {
  const found = /API key\W+([\w-]{16,})/i.exec(output)
  if (!found) throw new Error(`no API key in what the collector printed:\n${output}`)
  return found[1]!
}

/** Command before the command: what comes after it sees a disk of that size in the folder, and nobody else does. */
const withDisk = (folder: string, bytes: number): string[] => {
  const mount = 'mount -t tmpfs -o size="$0" none "$1" && shift && exec "$@"'
  // Root may mount as it is; another user becomes root of a namespace of its own.
  const own = process.getuid?.() === 0 ? [] : ['--map-root-user']
  return ['unshare', ...own, '--mount', 'sh', '-c', mount, String(bytes), folder]
}

/** Starts the built collector on a free port. */
export const startCollector = async ({ config, args = [], apiKey, diskBytes }: CollectorOptions = {}): Promise<Collector> => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-e2e-'))
  const file = join(folder, 'config.json')
  if (config) writeFileSync(file, JSON.stringify(config))
  const data = join(folder, 'data')
  mkdirSync(data)
  const wrapper = diskBytes ? withDisk(data, diskBytes) : []
  const flags = ['--data', data, ...(config ? ['--config', file] : []), ...(apiKey ? ['--api-key', apiKey] : []), ...args]
  let running = await launch(['--port', '0', ...flags], wrapper)
  const { url } = running
  return {
    url,
    apiKey: apiKey ?? parseKey(running.output()),
    data: () => (diskBytes ? `/proc/${running.child.pid}/root${data}` : data),
    output: () => running.output(),
    kill: async () => void (await signal(running.child, 'SIGKILL')),
    restart: async () => {
      running = await launch(['--port', new URL(url).port, ...flags], wrapper)
    },
    end: () => signal(running.child, 'SIGTERM'),
    stop: async () => {
      await signal(running.child, 'SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
