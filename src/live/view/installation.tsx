import type { JSX } from 'preact'
import { CopyButton } from './copyButton.tsx'

interface InstallationProps {
  /** Where the collector is. */
  origin: string
}

/** The script tag that a site needs. A script reports to its origin unless the tag says otherwise. */
export const toScriptTag = (collector: string, site: string): string => {
  const target = new URL(collector).origin === collector ? '' : ` data-collector="${collector}"`
  return `<script async src="${collector}/sojourn.js" data-site="${site}"${target}></script>`
}

/** Nobody is here: how to get the first visitor. */
export const Installation = ({ origin }: InstallationProps): JSX.Element => {
  const tag = toScriptTag(origin, 'demo')
  return (
    <section class="panel installation">
      <h2>Nobody is on the site at the moment</h2>
      <p>Visitors show here within a second of their first page. To install Sojourn, put this tag into the head of each page:</p>
      <div class="snippet">
        <code tabIndex={0}>{tag}</code>
        <CopyButton text={tag} />
      </div>
      <p>
        <code>demo</code> is the site that accepts pages on localhost; put the id of your own site from the configuration in its place. Or
        look around in the <a href="/demo/">demo shop</a> and watch yourself here.
      </p>
    </section>
  )
}
