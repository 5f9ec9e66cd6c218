import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { FoundWebKit } from '../../../scripts/findWebKit.mjs'
import { until } from '../until.ts'

/** A WebDriver (W3C) on loopback. */
export interface WebDriver {
  /** Sends a command. @param path after the driver's address. @returns the `value` of its answer */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>
  /** Begins a session, and starts its browser. @returns the `value` of the answer */
  startSession(capabilities: object): Promise<unknown>
  stop(): Promise<void>
}

/** Milliseconds until a command, or the start of a browser, counts as one that is never answered. */
const patience = { command: 60_000, session: 20_000 }

const isTimeout = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'TimeoutError'

/** The driver does not tell which port it took, so it is given one that was free a moment ago. */
const findPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts an X server that shows nothing, on the first display that is free. @returns it, and the display's name */
const startScreen = async (program: string): Promise<{ screen: ChildProcess; display: string }> => {
  const screen = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const display = await new Promise<string>((resolve, reject) => {
    screen.stdio[3]!.once('data', (chunk: Buffer) => resolve(`:${chunk.toString().trim()}`))
    screen.once('error', reject)
    screen.once('exit', code => reject(new Error(`Xvfb ended with ${code}`)))
  })
  return { screen, display }
}

const end = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit')
  if (child.kill()) await gone
}

/** Starts WebKitGTK's driver. */
export const startWebDriver = async ({ driver, screen: screenProgram }: NonNullable<FoundWebKit['gtk']>): Promise<WebDriver> => {
  const { screen, display } = await startScreen(screenProgram)
  const port = await findPort()
  const child = spawn(driver, [`--port=${port}`], { env: { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' }, stdio: 'ignore' })
  const send = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const { value } = (await response.json()) as { value: unknown }
    if (!response.ok) throw new Error(`${init.method} ${path} answered ${JSON.stringify(value)}`)
    return value
  }
  const call: WebDriver['call'] = (method, path, body) =>
    send(path, { method, ...(body && { body: JSON.stringify(body) }), signal: AbortSignal.timeout(patience.command) }).catch((cause: unknown) => {
      throw isTimeout(cause) ? new Error(`${method} ${path} was not answered within ${patience.command} ms`, { cause }) : cause
    })
  const startSession: WebDriver['startSession'] = capabilities => {
    const start = (): Promise<unknown> =>
      send('/session', { method: 'POST', body: JSON.stringify({ capabilities: { alwaysMatch: capabilities } }), signal: AbortSignal.timeout(patience.session) })
    // The driver gives the browser a port that was free a moment ago. Where somebody else was quicker the two never meet: there is no browser yet to be tested.
    return start().catch((cause: unknown) => {
      if (isTimeout(cause)) return start()
      throw cause
    })
  }
  await until(() => call('GET', '/status').catch(() => undefined), status => status !== undefined)
  return {
    call,
    startSession,
    stop: async () => {
      await end(child)
      await end(screen)
    },
  }
}
