import { limits } from '../../model/index.ts'
import { withoutParameters } from '../../model/withoutParameters.ts'
import type { Tracker } from '../tracker.ts'

/** Which parameters leave the address, and whether what follows the `#` is a part of the page. */
export interface RemoveTagsOptions {
  /** The tracker's `excludedQueryParameters`: they are in no address that it keeps, so that the page is the same without them. */
  excludedQueryParameters: readonly string[]
  /** The tracker's `keepFragment`: then what follows the `#` stays as it is. Default false. */
  keepFragment?: boolean | undefined
}

/** Milliseconds after which a page that is seen has been recorded: routers have shown it by then. */
const settleTime = 1000

/**
 * Removes campaign tags from the address bar, so that a link that is copied there does not bring them along. Not before the page has
 * been recorded, and something of the session has arrived at the collector: until then a reload still says all of it. It is no navigation,
 * and no second pageview.
 */
export const removeTags =
  ({ excludedQueryParameters, keepFragment = false }: RemoveTagsOptions) =>
  (tracker: Pick<Tracker, 'on' | 'flush' | 'shortId'>): (() => void) => {
    let isStopped = false
    // A longer one is cut before it is kept.
    const clean = (address: string): string => (address.length <= limits.url ? withoutParameters(address, { excludedQueryParameters, keepFragment }) : address)
    const isSeen = (address: string): boolean => location.href === address && document.visibilityState === 'visible'
    const onDelivered = (): void => {
      const { href } = location
      if (isStopped || clean(href) === href || !isSeen(href)) return
      setTimeout(async () => {
        // Resolves when what was told is in the outbox at least.
        await tracker.flush()
        if (isSeen(href)) history.replaceState(history.state, '', clean(href))
      }, settleTime)
    }
    // Where the script fetches this later than it sends, the answer has come that nobody has told of here.
    void tracker.shortId().then(onDelivered)
    const unlisten = tracker.on('delivered', onDelivered)
    return () => {
      isStopped = true
      unlisten()
    }
  }
