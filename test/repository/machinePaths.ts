import type { Violation } from './source.ts'

/** A folder of somebody's machine: the home of a user, a work folder. An address on the web has a host before it. */
const machinePath = /(?<![\w.:/$}-])\/(?:home|Users|root|work|mnt|workspace)\/[\w.-]+/

/** Where a lockfile may say that a package comes from. */
const foreignRegistry = /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)[^"]*"/

/** Nothing in the project knows the machine or the network on which it was written. */
export const machinePaths = (files: { path: string; text: string }[]): Violation[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => {
      const found = machinePath.exec(line) ?? (path.endsWith('package-lock.json') ? foreignRegistry.exec(line) : null)
      return found ? [{ path, line: i + 1, what: found[0] }] : []
    }),
  )
