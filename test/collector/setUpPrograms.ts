import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { startProgram } from './startProgram.ts'

export type Program = ReturnType<typeof startProgram>

/** Gives each test of a file a folder of its own, and programs that are started in it; what still runs after the test is ended. */
export const setUpPrograms = () => {
  let folder: string
  let started: Program[]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sojourn-program-'))
    started = []
  })
  afterEach(async () => {
    for (const { signal, ended } of started) {
      signal('SIGKILL')
      await ended
    }
    rmSync(folder, { recursive: true })
  })

  return {
    /** The folder of the test that runs. */
    folder: () => folder,
    start: (args: string[]): Program => {
      const program = startProgram(args, folder)
      started.push(program)
      return program
    },
  }
}
