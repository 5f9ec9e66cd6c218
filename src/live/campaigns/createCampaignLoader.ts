import { toMessage } from '../apiError.ts'
import { toOffset } from '../clockOffset.ts'
import type { LoaderContext } from '../loaderContext.ts'
import type { LiveStreamOptions } from '../startLiveStream.ts'
import type { CampaignChoice, CheckPlace } from './campaigns.ts'
import { toFirstDate } from './dayRow.ts'

/** A link that somebody wants to know about. */
export interface AskedLink {
  site: string
  /** Empty for none: then nothing is shown. */
  url: string
  referrer?: string
}

/** Loads campaigns, and asks what links count as. */
export interface CampaignLoader {
  open(): void
  loadMore(): void
  choose(choice: Partial<CampaignChoice>): void
  /** Something has happened that may have changed the list. */
  refreshSoon(): void
  /** Asks once the writer pauses. */
  check(place: CheckPlace, link: AskedLink): void
}

interface CampaignLoaderOptions extends LoaderContext {
  clock: Pick<LiveStreamOptions, 'now' | 'schedule'>
}

/** Milliseconds. */
const waits = { refresh: 1000, check: 250 } as const

const perPage = 50
const mostPerPage = 200

/** Creates the loader. */
export const createCampaignLoader = ({ api, store, clock }: CampaignLoaderOptions): CampaignLoader => {
  const { dispatch } = store
  let asked = 0
  let cancelRefresh: (() => void) | undefined
  const cancels: Partial<Record<CheckPlace, () => void>> = {}

  const toQuery = (): Record<string, string> => {
    const { clock: offset, campaigns } = store.get()
    const { site, days } = campaigns.choice
    const limit = Math.min(mostPerPage, Math.max(perPage, campaigns.list.length))
    return { from: toFirstDate(clock.now() + toOffset(offset), days), limit: String(limit), ...(site && { site }) }
  }

  /** The answer to an older question is of no use any more. */
  const load = async (uri?: string): Promise<void> => {
    const number = ++asked
    try {
      const page = await (uri ? api.nextCampaigns(uri) : api.campaigns(toQuery()))
      if (number === asked) dispatch({ type: 'campaignsLoaded', page, isNext: !!uri })
    } catch (error) {
      if (number === asked) dispatch({ type: 'campaignsFailed', message: toMessage(error) })
    }
  }

  const start = (uri?: string): void => {
    dispatch({ type: 'campaignsLoading' })
    void load(uri)
  }

  const loadSites = async (): Promise<void> => dispatch({ type: 'sitesLoaded', sites: await api.sites() })

  const open = (): void => {
    start()
    if (!store.get().campaigns.sites) loadSites().catch((error: unknown) => dispatch({ type: 'campaignsFailed', message: toMessage(error) }))
  }

  const ask = async (place: CheckPlace, { site, url, referrer }: AskedLink, isNewest: () => boolean): Promise<void> => {
    try {
      const landing = await api.landing({ site, url, ...(referrer && { referrer }) })
      if (isNewest()) dispatch({ type: 'linkChecked', place, check: { phase: 'done', landing } })
    } catch (error) {
      if (isNewest()) dispatch({ type: 'linkChecked', place, check: { phase: 'failed', message: toMessage(error) } })
    }
  }

  return {
    open,
    loadMore: () => {
      const { nextUri, phase } = store.get().campaigns
      if (nextUri && phase !== 'loading') start(nextUri)
    },
    choose: choice => {
      dispatch({ type: 'campaignChoiceChanged', choice })
      open()
    },
    refreshSoon: () => {
      cancelRefresh ??= clock.schedule(waits.refresh, () => {
        cancelRefresh = undefined
        void load()
      })
    },
    check: (place, link) => {
      cancels[place]?.()
      let isNewest = true
      const cancelWait = clock.schedule(waits.check, () => void ask(place, link, () => isNewest))
      cancels[place] = () => {
        isNewest = false
        cancelWait()
      }
      if (!link.url) cancels[place]()
      dispatch({ type: 'linkChecked', place, ...(link.url && { check: { phase: 'checking' } }) })
    },
  }
}
