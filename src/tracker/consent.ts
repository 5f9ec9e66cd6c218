/** Whether the visitor lets the site track. */
export type ConsentState = 'granted' | 'pending' | 'denied'

/** Drafts that wait for consent at most; the oldest go first. */
const longestWait = 1000

/** Lets things through when consent is granted, keeps them in memory while it is pending, and drops them when denied. */
export const createConsent = <T>(initial: ConsentState, pass: (item: T) => void) => {
  let state = initial
  let waiting: T[] = []
  return {
    isGranted: (): boolean => state === 'granted',
    add: (item: T): void => {
      if (state === 'granted') pass(item)
      else if (state === 'pending') waiting = [...waiting, item].slice(-longestWait)
    },
    set: (next: ConsentState): void => {
      state = next
      const items = waiting.splice(0)
      if (next === 'granted') items.forEach(pass)
    },
  }
}
