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
  /** Clicks as a visitor does, with trusted input. @param selector of CSS */
  click(selector: string): Promise<unknown>
  /** Goes back in the history as the page's own code would; resolves when the page before is shown. */
  back(): Promise<void>
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

export const engineNames = ['Chromium', 'Firefox', 'WebKit'] as const

export type EngineName = (typeof engineNames)[number]

/** A browser under a test's control, whoever made it and however it is driven. */
export interface Engine {
  name: EngineName
  version: string
  newProfile(): Promise<Profile>
  stop(): Promise<void>
}
