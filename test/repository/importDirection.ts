import { importsOf, type Import } from './importsOf.ts'
import { toViolation, type Rule, type Source } from './source.ts'

/** What each room may take: other rooms, and packages (`node:` stands for all of Node). Nothing else is allowed. */
const rooms: Record<string, { rooms: string[]; packages: (name: string) => boolean }> = {
  model: { rooms: [], packages: () => false },
  tracker: { rooms: ['model'], packages: name => name === 'idb-keyval' },
  collector: { rooms: ['model'], packages: () => true },
  live: { rooms: ['model'], packages: name => name.startsWith('preact') || name === 'qr' },
}

/** Folders named after a technology, and the only files outside them that may know them: the composition roots. */
const effects = ['src/tracker/browser/', 'src/collector/sqlite/']
const compositionRoots = /^src\/(tracker\/(createTracker|script)|collector\/(createCollector|recordWorker|checkpointWorker|main|projectionWorker))\.ts$/

/** Rooms of the collector that would do the same if nobody spoke HTTP, and the room that does. */
const beneath = /^src\/collector\/(enrich|ingest|memory|projection|reading|settings|sqlite)\//
const http = 'src/collector/http/'

const roomOf = (path: string): string => path.split('/')[1] ?? ''

const problemOf = (source: Source, { specifier, path }: Import): string | undefined => {
  const own = roomOf(source.path)
  const allowed = rooms[own]
  if (!allowed) return `unknown room ${own}: say in the import rules what it may import`
  if (path === undefined) return allowed.packages(specifier) ? undefined : `${own} imports the package ${specifier}`
  const other = roomOf(path)
  if (!path.startsWith('src/')) return `${own} imports ${path}, which is outside src`
  if (other !== own && !allowed.rooms.includes(other)) return `${own} imports ${other}`
  const effect = effects.find(folder => path.startsWith(folder))
  if (effect && !source.path.startsWith(effect) && !compositionRoots.test(source.path)) return `${effect} is for composition roots only`
  if (beneath.test(source.path) && path.startsWith(http)) return `${http} is for who serves`
  return undefined
}

/** Data flows one way: the model knows nobody, tracker and collector never each other, effects only who composes them, HTTP only who serves. */
export const importDirection: Rule = sources =>
  sources.flatMap(source =>
    importsOf(source).flatMap(entry => {
      const what = problemOf(source, entry)
      return what === undefined ? [] : [toViolation(source, entry.node, what)]
    }),
  )
