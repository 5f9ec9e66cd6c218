/** Whether the visitor lets the site track. */
export type ConsentState = 'granted' | 'pending' | 'denied'

/** Drafts that wait for consent at most: the first ones, which tell how the visitor came. */
const longestWait = 1000

/** Lets things through when consent is granted, keeps them in memory while it is pending, and drops them when denied. */
export const createConsent = <T>(state: ConsentState, pass: (item: T) => void) => {
  const waiting: T[] = []
  const isGranted = (): boolean => state === 'granted'
  return {
    isGranted,
    add: (item: T): void => {
      if (isGranted()) pass(item)
      else if (state === 'pending' && waiting.length < longestWait) waiting.push(item)
    },
    set: (next: ConsentState): void => {
      state = next
      const items = waiting.splice(0)
      if (isGranted()) items.forEach(pass)
    },
  }
}
