import type { Emitter } from '../emitter.ts'
import type { Settings } from '../options.ts'
import type { Platform, PlatformEvents } from '../platform.ts'
import { toStoredUrl } from '../../model/index.ts'
import { createAlarm } from './alarm.ts'
import { createChannel } from './channel.ts'
import { createClock } from './clock.ts'
import { createContext } from './context.ts'
import { createDatabase } from './database.ts'
import { createFreeze } from './freeze.ts'
import { createIds } from './ids.ts'
import { startInput } from './input.ts'
import { isVisible, startLifecycle } from './lifecycle.ts'
import { createListen } from './listen.ts'
import { createLock } from './lock.ts'
import { startNavigation } from './navigation.ts'
import { createPage } from './page.ts'
import { createSpill } from './spill.ts'
import { createTransport } from './transport.ts'

/** The browser as the platform of a tracker. Nothing is stored before the first event. */
export const createBrowser = (settings: Settings, guard: Emitter['guard'], events: PlatformEvents): Platform => {
  const name = `sojourn.${settings.site}`
  const controller = new AbortController()
  const { signal } = controller
  const listen = createListen(signal, guard)
  const channel = createChannel(name, guard(events.onTold))
  const freeze = createFreeze(listen)
  const lock = createLock(name, freeze, events.lease)
  const storage = createDatabase(name, freeze)
  const context = createContext(settings.app)
  const now = createClock()
  const ids = createIds()
  const spill = createSpill(name, () => ids.newId(now()))
  const createGuarded: Platform['createAlarm'] = callback => createAlarm(guard(() => signal.aborted || callback()))
  const lookForLeft = createGuarded(events.onLeft)
  // An empty address is none: to find that out by what the parser throws takes longer than all the rest of the start.
  const toStored = (url: string): string => url && toStoredUrl(url, settings)
  const leave = (): void => {
    channel.close()
    lock.release()
  }
  /** What may come a task later. A page's parser stands still for what comes before. */
  const begin = (): void => {
    // What an anonymous page knows is its own: no other tab is told.
    if (!settings.anonymous) {
      channel.connect()
      listen(window, 'pageshow', channel.connect)
    }
    listen(window, 'online', events.onOnline)
    listen(window, 'storage', ({ key }: StorageEvent) => {
      if (key?.startsWith(`${name}:`)) {
        // A page that is only hidden takes it back at once.
        lookForLeft(2000)
        spill.refresh()
      }
    })
    startInput(listen, events.onInput)
    context.refine()
  }
  listen(window, 'pagehide', leave)
  startLifecycle(listen, events)
  startNavigation(listen, events)
  return {
    ...createTransport(settings.collector),
    started: new Promise(resolve => {
      const start = (): void => resolve(signal.aborted || guard(begin)())
      // Timers of a page that nobody sees may be a minute late.
      if (isVisible()) setTimeout(start)
      else start()
    }),
    now,
    newId: ids.newId,
    address: () => document.URL,
    page: createPage(toStored),
    isVisible,
    // A tab that the browser discarded and loads again was led here by the visitor's return, not by what led to it before.
    referrer: () => ((document as { wasDiscarded?: boolean }).wasDiscarded ? '' : toStored(document.referrer)),
    context: context.read,
    storage: settings.anonymous ? undefined : storage,
    spill: settings.anonymous ? undefined : spill,
    erase: guard(() => {
      // Where there is no such domain browsers take no notice.
      document.cookie = `${name}=;max-age=0;domain=${settings.cookieDomain};path=/`
      ids.renew()
      spill.erase()
      storage.erase()
    }),
    exclusively: lock.exclusively,
    createAlarm: createGuarded,
    hasPrivacyControl: () => !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
    random: Math.random,
    tell: channel.tell,
    stop: () => {
      controller.abort()
      leave()
    },
    isStopped: () => signal.aborted,
  }
}
