import type { JSX } from 'preact'
import { toSafeLink } from '../safeLink.ts'

/** The parts of a page or a referrer that a link shows. */
interface LinkedPage {
  url: string
  title?: string
}

/** An address from a session: a link where it is safe, else plain text. The site it leads to does not learn from where. */
export const PageLink = ({ page: { url, title } }: { page: LinkedPage }): JSX.Element => {
  const href = toSafeLink(url)
  return (
    <>
      {title && <span class="page-title">{title}</span>}
      {href ? (
        <a class="page-url" href={href} target="_blank" rel="noreferrer noopener">
          {url}
        </a>
      ) : (
        <span class="page-url">{url}</span>
      )}
    </>
  )
}
