/** What few pages need of the tracker, and the script therefore fetches when it is needed. */
export interface Parts {
  /** Shows a Session. */
  session: typeof import('./session.ts')
  /** Carries a visit over to other hosts. */
  links: typeof import('./links.ts')
  /** Says what is wrong with the options. */
  check: typeof import('./check.ts')
  /** Says what went wrong. */
  message: typeof import('./message.ts')
  /** Takes turns with other tabs where there are no Web Locks. */
  lease: typeof import('./lease.ts')
  /** Follows navigations where there is no Navigation API. */
  history: typeof import('./history.ts')
}

/**
 * Brings a part: with npm it is there, the script fetches `sojourn-<name>.js` from the collector. Rejects when it cannot be had.
 * Names of properties that the script and its parts share are not among those that the build shortens.
 */
export type LoadPart = <K extends keyof Parts>(name: K, collector: string) => Promise<Parts[K]>
