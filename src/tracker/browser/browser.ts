import type { Settings } from '../options.ts'
import type { Platform } from '../platform.ts'
import { toStoredUrl } from '../../model/index.ts'
import { createChannel } from './channel.ts'
import { createContext } from './context.ts'
import { createDatabase } from './database.ts'
import { createIds } from './ids.ts'
import { onPageHide } from './lifecycle.ts'
import { createLock } from './lock.ts'
import { readPage } from './page.ts'
import { createSpill } from './spill.ts'
import { createTransport } from './transport.ts'

/** The browser as the platform of a tracker. Nothing is stored before the first event. */
export const createBrowser = (settings: Settings): Platform => {
  const name = `sojourn.${settings.site}`
  const { anonymous } = settings
  return {
    now: Date.now,
    newId: createIds(),
    address: () => location.href,
    page: () => readPage(url => toStoredUrl(url, settings)),
    referrer: () => toStoredUrl(document.referrer, settings),
    context: createContext(settings.app),
    storage: anonymous ? undefined : createDatabase(settings.site),
    transport: createTransport(settings.collector),
    exclusively: createLock(name, onPageHide),
    spill: anonymous ? undefined : createSpill(settings.site),
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
    random: Math.random,
    ...createChannel(name, onPageHide),
  }
}
