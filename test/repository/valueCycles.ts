import { importsOf } from './importsOf.ts'
import type { Rule } from './source.ts'

/** No file needs itself, by whatever detour, to be evaluated. Types may point both ways. */
export const valueCycles: Rule = sources => {
  const graph = new Map(
    sources.map(source => [source.path, importsOf(source).flatMap(entry => (entry.typeOnly || !entry.path ? [] : [entry.path]))]),
  )
  const done = new Set<string>()
  const visit = (path: string, trail: string[]): string[][] => {
    const start = trail.indexOf(path)
    if (start >= 0) return [[...trail.slice(start), path]]
    if (done.has(path)) return []
    const found = (graph.get(path) ?? []).flatMap(next => visit(next, [...trail, path]))
    done.add(path)
    return found
  }
  return [...graph.keys()].flatMap(path => visit(path, [])).map(cycle => ({ path: cycle[0]!, line: 1, what: `cycle ${cycle.join(' -> ')}` }))
}
