/** What counts for a session, with the instant at which it happened. */
export interface Entry {
  /** Milliseconds since 1970 by the clock that the visitor's pages go by: it may leap forward, and never goes back. */
  at: number
  page: number
  what: 'view' | 'track' | 'input' | 'show' | 'hide' | 'reset'
  /** Tells a view or a tracked event from all others. */
  name?: string
}

/** All that was recorded of a day, oldest first. */
export type Diary = Entry[]
