import type { Violation } from './source.ts'

/** A handful of commands that a newcomer can hold in mind, each readable at a glance. */
export const packageScripts = (manifest: { scripts: Record<string, string> }, { most, length }: { most: number; length: number }): Violation[] => {
  const path = 'package.json'
  const scripts = Object.entries(manifest.scripts)
  return [
    ...(scripts.length > most ? [{ path, line: 0, what: `${scripts.length} scripts, more than ${most}` }] : []),
    ...scripts.flatMap(([name, command]) =>
      command.length > length ? [{ path, line: 0, what: `${name}: ${command.length} characters, more than ${length}` }] : [],
    ),
  ]
}
