import type { DocumentStore, ForeignDocument, RemovedDocument } from '../conversations/documentStore.ts'
import type { EventLog } from '../eventLog.ts'
import type { SessionReader } from '../sessionStore.ts'
import type { ErasedSessions } from './createErasedSessions.ts'
import type { EraseCounts, EraseOrder, StepProgress } from './eraseInSteps.ts'
import type { ErasureFile, ErasureRecord } from './erasureFile.ts'
import { findDocuments, type DocumentPlaces } from './findDocuments.ts'
import { findBelongings, type Person } from './person.ts'
import { toDigest } from './toDigest.ts'

/** An erasure as the API shows it. Says nothing about the person. */
export interface Erasure {
  id: string
  status: 'running' | 'done'
  createdDate: string
  endedDate?: string
  /** How far it is. */
  progress?: StepProgress
  /** What was erased; when it is done. */
  erased?: EraseCounts
}

/** What works on the files. */
export interface Eraser {
  /** Resolves when the Sessions have everything that is in the log now; with false when that takes longer, or will not come to be. */
  catchUp(): Promise<boolean>
  /** Resolves when it is done, however often it has to be begun again. */
  erase(order: EraseOrder, onProgress: (progress: StepProgress) => void): Promise<EraseCounts>
}

export interface ErasuresOptions {
  file: ErasureFile
  log: Pick<EventLog, 'settled' | 'last'>
  sessions: Pick<SessionReader, 'get' | 'list' | 'naming'>
  erased: ErasedSessions
  eraser: Eraser
  /** Documents of conversations. */
  documents: Pick<DocumentStore, 'list' | 'remove' | 'scrub'>
  siteOf: DocumentPlaces['siteOf']
  /** Told of the documents that were removed. */
  onRemoved?(documents: readonly RemovedDocument[]): void
  createId(): string
  /** Milliseconds since 1970. */
  now(): number
  /** Told why an erasure could not go on. It is tried again after a pause, and at the next start. */
  onFailure(cause: unknown): void
  /** Milliseconds until an erasure that failed is tried again. Default 30,000. */
  pause?: number
}

const usualPause = 30_000

/** Milliseconds for which it is remembered which sessions were erased: a page that was offline for longer is started anew. */
const memory = 400 * 86_400_000

interface Running {
  record: ErasureRecord
  progress?: StepProgress
  ended: Promise<void>
}

/** What is known of a document when it is gone. Its site follows from Sessions, which go before it. */
const toRemoved =
  (siteOf: DocumentPlaces['siteOf']) =>
  (document: ForeignDocument): RemovedDocument => {
    const { kind, id } = document
    const site = siteOf(document)
    return { kind, id, ...(site !== undefined && { site }) }
  }

/**
 * Creates what erases people, one after the other. An erasure is durable before it begins, and goes on after a restart. From the moment
 * at which it is known what belongs to the person, nothing more is kept of that.
 */
export const createErasures = ({ file, log, sessions, documents, siteOf, onRemoved, erased, eraser, createId, now, onFailure, pause = usualPause }: ErasuresOptions) => {
  const running = new Map<string, Running>()
  const done = new Map<string, ErasureRecord>()
  const pauses = new Set<NodeJS.Timeout>()
  let queue: Promise<void> = Promise.resolve()
  let isStopped = false
  const toDate = (): string => new Date(now()).toISOString()

  /** @returns undefined when the collector ends before it is known */
  const findOut = async (record: ErasureRecord): Promise<ErasureRecord | undefined> => {
    if (record.belongings) return record
    let until = log.last()
    while (!(await eraser.catchUp())) {
      if (isStopped) return undefined
      until = log.last()
    }
    const belongings = findBelongings(sessions, record.person!)
    const digests = belongings.sessions.map(({ site, id }) => toDigest(site, id))
    erased.add(digests)
    const found = findDocuments({ documents, sessions, siteOf }, record.person!, belongings).map(toRemoved(siteOf))
    const known = { ...record, belongings, until, documents: found, digests }
    file.write(known)
    // What has passed before is in the log now, where it is found.
    await log.settled()
    return known
  }

  const eraseDocuments = (keys: NonNullable<ErasureRecord['documents']>): void => {
    for (const { kind, id } of keys) documents.remove(kind, id)
    onRemoved?.(keys)
    if (keys.length && !documents.scrub()) throw new Error('conversations cannot be removed from their file: somebody else is reading it')
  }

  const work = async (run: Running): Promise<void> => {
    if (isStopped) return
    const known = await findOut(run.record)
    if (!known || isStopped) return
    run.record = known
    const { id, createdDate, digests, person, belongings, until = log.last() } = run.record
    const counts = await eraser.erase({ id, person: person!, until, ...belongings! }, progress => {
      run.progress = progress
    })
    eraseDocuments(run.record.documents ?? [])
    const over: ErasureRecord = { id, createdDate, endedDate: toDate(), erased: counts, digests }
    file.write(over)
    done.set(id, over)
    running.delete(id)
  }

  /** Those behind it do not wait for one that failed. */
  const tryLater = (run: Running): void => {
    if (isStopped) return
    const timer = setTimeout(() => {
      pauses.delete(timer)
      enqueue(run)
    }, pause)
    pauses.add(timer.unref())
  }

  const enqueue = (run: Running): void => {
    run.ended = queue.then(() => work(run)).catch((cause: unknown) => {
      onFailure(cause)
      tryLater(run)
    })
    queue = run.ended
  }

  const start = (record: ErasureRecord): Running => {
    const run: Running = { record, ended: Promise.resolve() }
    running.set(record.id, run)
    enqueue(run)
    return run
  }

  const show = (id: string): Erasure | undefined => {
    const run = running.get(id)
    if (run) return { id, status: 'running', createdDate: run.record.createdDate, ...(run.progress && { progress: run.progress }) }
    const over = done.get(id)
    if (!over?.endedDate) return undefined
    const { createdDate, endedDate, erased: counts } = over
    return { id, status: 'done', createdDate, endedDate, ...(counts && { erased: counts }) }
  }

  for (const record of file.read()) {
    erased.add(record.digests)
    if (record.person) start(record)
    else if (Date.parse(record.endedDate!) < now() - memory) file.remove(record.id)
    else done.set(record.id, record)
  }

  return {
    show,

    /**
     * Erases a person: durable when it returns.
     *
     * @returns its id, and when it ends
     */
    erase: (person: Person): { id: string; ended: Promise<void> } => {
      const record: ErasureRecord = { id: createId(), createdDate: toDate(), digests: [], person }
      file.write(record)
      return { id: record.id, ended: start(record).ended }
    },

    /** Begins nothing more. */
    stop: (): void => {
      isStopped = true
      pauses.forEach(clearTimeout)
    },
  }
}

export type Erasures = ReturnType<typeof createErasures>
