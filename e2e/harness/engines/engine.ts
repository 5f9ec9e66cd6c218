/** What of a tab a story needs: the same names as Playwright's, so that what is written for its pages runs in every engine. */
export interface Scriptable {
  /** Runs a function in the page, which sees nothing of the test but its argument; both ends of it pass as JSON. */
  evaluate<R, A = void>(work: (argument: A) => R | Promise<R>, argument: A): Promise<R>
  evaluate<R>(work: () => R | Promise<R>): Promise<R>
  /** Looks again and again, also after a navigation, until a function of the page answers with something true. */
  waitForFunction(condition: () => unknown): Promise<unknown>
}

/** One tab of a visitor. */
export interface Tab extends Scriptable {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<unknown>
  /** Clicks as a visitor does, with trusted input. @param selector of CSS. @param button default `left` */
  click(selector: string, button?: 'left' | 'middle'): Promise<unknown>
  /** Presses Enter where the focus is, with trusted input. */
  pressEnter(): Promise<unknown>
  /** Goes back in the history as the page's own code would; resolves when the page before is shown. */
  back(): Promise<void>
  /** Undoes `back`. */
  forward(): Promise<void>
  /** Takes the page out of sight, as another tab in front of it does; resolves when it is hidden. Only for the last tab of `newWindows`. */
  hide(): Promise<void>
  /** Undoes `hide`; resolves when the page is visible. */
  show(): Promise<void>
  /** Freezes a hidden page as a browser does to save energy, or lets it go on; absent where the engine freezes none. */
  setFrozen?(isFrozen: boolean): Promise<void>
  /** Closes the tab as a visitor does, with everything that the page does then; resolves when it is gone. */
  close(): Promise<void>
}

/** A browser of its own for a visitor: nothing stored, nothing shared with another. */
export interface Profile {
  newTab(): Promise<Tab>
  /** Takes the network away, or gives it back; absent where the driver cannot. */
  setOffline?(isOffline: boolean): Promise<void>
  close(): Promise<void>
}

/** A visitor whose browser can be killed, and started again with what it had on the disk. */
export interface Killable {
  newTab(): Promise<Tab>
  /** `kill -9` of all of its processes. */
  kill(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** A browser that nobody drives, so that it does what it does for visitors alone. */
export interface Alone {
  /** Hides the page by another tab. */
  cover(): Promise<void>
  /** Throws a hidden page away as the browser does when memory is short. @param page its address */
  discard(page: string): Promise<void>
  /** Comes back to a page. @param page its address */
  show(page: string): Promise<void>
  stop(): Promise<void>
}

export const engineNames = ['Chromium', 'Firefox', 'WebKit'] as const

export type EngineName = (typeof engineNames)[number]

/** A browser under a test's control, whoever made it and however it is driven. */
export interface Engine {
  name: EngineName
  version: string
  newProfile(): Promise<Profile>
  /** A profile each of whose tabs has a window of its own, and is hidden when something covers it there. */
  newWindows(): Promise<Profile>
  /** Absent where the driver keeps nothing on the disk. */
  newKillable?(): Promise<Killable>
  /** Opens an address where nobody drives the browser, which some engines want before they prerender or discard; absent where they do neither. */
  openAlone?(url: string): Promise<Alone>
  stop(): Promise<void>
}
