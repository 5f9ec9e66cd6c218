import type { SessionRules } from '../../../src/model/index.ts'
import type { TestPlatform } from '../createTestPlatform.ts'
import type { Tab } from '../platform/tab.ts'
import type { Tracker } from '../../../src/tracker/tracker.ts'
import type { Day, Deed, Pause } from './day.ts'
import type { Diary, Entry } from './diary.ts'

/** A page of the day, and what the visitor sees of it. */
interface Page {
  number: number
  tab: Tab
  tracker: Tracker
  url: string
  /** The address that was seen last. */
  seen?: string
  state: 'visible' | 'hidden' | 'suspended' | 'left' | 'gone'
}

/** Milliseconds that a router is given to show a page, before it counts as seen. */
const settleDelay = 100

/** Lives a day in a virtual browser, and keeps the diary of what happened when. */
export const liveDay = async ({ clock, open, origin }: TestPlatform, { rules, throttled, steps }: Day): Promise<Diary> => {
  const diary: Diary = []
  const pages: Page[] = []
  let names = 0
  /** How far the clock of the machine was set back in all. */
  let setBack = 0
  let hasLeapt = false

  const note = (page: Page, what: Entry['what'], { name, after = 0 }: { name?: string; after?: number } = {}): void => {
    diary.push({ at: clock.now() + setBack + after, page: page.number, what, ...(name && { name }) })
  }
  /** The visitor sees the page: that is a view when its address is a new one. */
  const see = (page: Page, isRestored = false, after = 0): void => {
    if (page.seen !== page.url || isRestored) note(page, 'view', { name: page.url, after })
    page.seen = page.url
  }
  const nextUrl = (): string => `https://shop.example.com/${++names}`
  const openPage = (visible: boolean, own: Partial<SessionRules> = rules): void => {
    const url = nextUrl()
    const number = pages.length
    const tab = open({ name: `tab${number}`, url, visible, throttled })
    const page: Page = { number, tab, url, tracker: tab.start(own), state: visible ? 'visible' : 'hidden' }
    pages.push(page)
    if (visible) see(page)
  }
  const track = ({ tracker }: Page, name = `event${++names}`): string => {
    tracker.track(name)
    return name
  }

  const deeds: Record<Exclude<Deed['what'], 'open' | 'everywhere' | 'setBack'>, [Page['state'][], (page: Page) => unknown]> = {
    input: [['visible'], page => (note(page, 'input'), page.tab.input())],
    track: [['visible', 'hidden'], page => note(page, 'track', { name: track(page) })],
    push: [
      ['visible', 'hidden'],
      page => {
        page.tab.push((page.url = nextUrl()))
        if (page.state === 'visible') see(page, false, settleDelay)
      },
    ],
    hide: [['visible'], page => (note(page, 'hide'), (page.state = 'hidden'), page.tab.hide())],
    show: [
      ['hidden', 'suspended'],
      page => {
        if (page.state === 'suspended') page.tab.resume()
        page.state = 'visible'
        see(page)
        note(page, 'show')
        return page.tab.show()
      },
    ],
    suspend: [['hidden'], page => ((page.state = 'suspended'), page.tab.suspend())],
    resume: [['suspended'], page => ((page.state = 'hidden'), page.tab.resume())],
    leave: [['visible'], page => (note(page, 'hide'), (page.state = 'left'), page.tab.freeze())],
    restore: [['left'], page => (see(page, true), note(page, 'show'), (page.state = 'visible'), page.tab.restore())],
    discard: [
      ['hidden', 'suspended', 'left'],
      page => {
        page.state = 'gone'
        page.tab.crash()
        origin.leakLock('sojourn.shop')
      },
    ],
    close: [
      ['visible', 'hidden'],
      page => {
        if (page.state === 'visible') note(page, 'hide')
        page.state = 'gone'
        return page.tab.close()
      },
    ],
    reset: [['visible', 'hidden'], page => (note(page, 'reset'), page.tracker.reset())],
  }

  /** The page that it is done to, if there is one. */
  const pageOf = (deed: Deed): Page | undefined => {
    if (deed.what === 'open' || deed.what === 'setBack') return undefined
    const [states] = deed.what === 'everywhere' ? deeds.track : deeds[deed.what]
    // A page that nobody has seen yet has recorded nothing, so the others have told it nothing: what it ends lacks what they were still to tell.
    const fit = pages.filter(({ state, seen }) => states.includes(state) && (deed.what !== 'reset' || seen))
    return fit['page' in deed ? deed.page % fit.length : 0]
  }

  const doDeed = async (deed: Deed): Promise<void> => {
    if (deed.what === 'open') {
      // A page that opens after the clock was set back learns what time it is from the others: a story of its own.
      if (!setBack && pages.filter(({ state }) => state !== 'gone').length < 10) openPage(deed.visible)
      return
    }
    if (deed.what === 'setBack') {
      // A leap of the clock that is undone before any page has looked at it never was.
      if (hasLeapt) return
      clock.jump(-deed.milliseconds)
      setBack += deed.milliseconds
      return
    }
    if (deed.what === 'everywhere') {
      for (const page of pages.filter(({ state }) => state === 'visible')) deeds.track[1](page)
      return
    }
    const page = pageOf(deed)
    if (page) await deeds[deed.what][1](page)
  }

  const pass = async ([how, milliseconds]: Pause, deed: Deed): Promise<void> => {
    // What a page has not recorded when the machine falls asleep, one that is first seen as it wakes cannot know, nor one that comes back from
    // the back/forward cache, where it has heard nothing: the others go first.
    const isUninformed = deed.what === 'restore' || pages.some(({ seen, state }) => !seen && state !== 'gone')
    // Nor can one that opens before any page has noticed that the machine slept: so somebody has to.
    if (how === 'sleep' || (how === 'wake' && (isUninformed || !pageOf(deed)))) await clock.sleep(milliseconds)
    else if (how === 'wake' && !setBack) {
      clock.jump(milliseconds)
      hasLeapt = true
    } else await clock.run(milliseconds)
  }

  openPage(true)
  await clock.run(2000)
  for (const { pause, deed } of steps) {
    await pass(pause, deed)
    await doDeed(deed)
    await clock.run(1000)
  }
  // The next morning's visit brings what the last pages could not send.
  await clock.run(86_400_000)
  if (setBack) clock.jump(setBack)
  setBack = 0
  openPage(true)
  // A lock that nobody lets go is waited for.
  await clock.run(45_000)
  return diary
}
