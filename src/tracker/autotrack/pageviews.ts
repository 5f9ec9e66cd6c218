/** What the source of pageviews needs of the page. */
export interface PageviewOptions {
  /** The address by which pages are told apart. */
  address(): string
  isVisible(): boolean
  onNavigate(callback: () => void): () => void
  /** Runs after the page's own code of this task, when a router has set the title. */
  soon(callback: () => void): void
  pageview(): void
}

/**
 * One pageview for each page seen: now, or as soon as the page is visible; after each navigation in the document that
 * changes the address; and when the page comes back from the back/forward cache.
 */
export const startPageviews = ({ address, isVisible, onNavigate, soon, pageview }: PageviewOptions) => {
  let seen: string | undefined
  const view = (again: boolean): void => {
    const current = address()
    if (!isVisible() || (current === seen && !again)) return
    seen = current
    pageview()
  }
  view(false)
  const stop = onNavigate(() => soon(() => view(false)))
  return { onShow: (restored: boolean): void => view(restored), stop }
}
