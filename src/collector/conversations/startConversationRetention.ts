import { startSteps } from '../projection/startSteps.ts'
import { retainConversations, type ConversationRetainOptions } from './retainConversations.ts'

/** Milliseconds between two rounds. */
const interval = 3_600_000

export interface ConversationRetentionOptions extends Pick<ConversationRetainOptions, 'documents' | 'show' | 'siteOf' | 'onRemoved'> {
  sites: readonly { id: string; retentionDays?: number }[]
  /** Days of sites that do not say. Default: for ever. */
  retentionDays?: number | undefined
  /** Milliseconds since 1970. */
  now(): number
  /** Told how many a round has removed. */
  onEnd?(removed: number): void
  /** Told why a round could not go on, e.g. because the disk is full. The next one does. */
  onFailure(cause: unknown): void
}

/**
 * Removes conversations that are too old, at once and every hour, in small steps. One that is tied to no Session any more may be of any
 * site: it is kept as long as the site that keeps the least.
 *
 * @returns ends it after the step that is under way
 */
export const startConversationRetention = ({ sites, retentionDays, now, onEnd, onFailure, ...options }: ConversationRetentionOptions): (() => void) => {
  const bySite = new Map(sites.map(site => [site.id, site.retentionDays]))
  const known = [retentionDays, ...bySite.values()].filter(days => days !== undefined)
  const fewest = known.length ? Math.min(...known) : undefined
  let timer: NodeJS.Timeout | undefined
  let stopSteps = (): void => undefined
  const round = (): void => {
    const steps = retainConversations({ ...options, daysOf: site => bySite.get(site) ?? retentionDays, fewest, now: now() })
    stopSteps = startSteps(steps, {
      onEnd: removed => {
        timer = setTimeout(round, interval)
        onEnd?.(removed)
      },
      onFailure: cause => {
        timer = setTimeout(round, interval)
        onFailure(cause)
      },
    })
  }
  if (fewest !== undefined) round()
  return () => {
    clearTimeout(timer)
    stopSteps()
  }
}
