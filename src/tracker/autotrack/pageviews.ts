/** What the source of pageviews needs of the page. */
export interface PageviewOptions {
  /** The address by which pages are told apart. */
  address(): string
  isVisible(): boolean
  pageview(): void
}

/**
 * One pageview for each page seen: now, or as soon as the page is visible; after each navigation in the document that
 * changes the address; and when the page comes back from the back/forward cache.
 */
export const startPageviews = ({ address, isVisible, pageview }: PageviewOptions) => {
  let seen: string | undefined
  const look = (isRestored?: boolean): void => {
    const current = address()
    if (!isVisible() || (current === seen && !isRestored)) return
    seen = current
    pageview()
  }
  look()
  return { look }
}
