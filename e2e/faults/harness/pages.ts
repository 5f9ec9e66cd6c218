const page = (title: string, body: string, attributes = ''): string => `<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,">
<script>window.sojourn=window.sojourn||function(){(sojourn.q=sojourn.q||[]).push(arguments)}</script>
<script async src="/sojourn.js" data-site="demo"${attributes}></script>
<body>${body}</body></html>`

/** The pages of the site that trials walk through. */
export const pages: Record<string, string> = {
  '/': page('First', '<a id="next" href="/next">Next</a>'),
  '/next': page('Next', '<a href="/">Back</a>'),
  /** Tells its console what the tracker does, and keeps what went wrong. */
  '/debug': page('Debug', `<script>window.troubles=[];sojourn('on','error',function(trouble){troubles.push(trouble)})</script>`, ' data-debug="true"'),
  /** Not tracked: a page of somebody else. */
  '/elsewhere': '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">',
}
