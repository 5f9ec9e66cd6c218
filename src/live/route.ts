/** Where the page is, as the fragment of its address says. */
export type Route = { view: 'live' } | { view: 'ended' } | { view: 'campaigns' } | { view: 'definitions' } | { view: 'session'; id: string }

/** Reads the fragment of the address; what is unknown leads to the list of live sessions. */
export const parseRoute = (hash: string): Route => {
  const [view, id] = hash.replace(/^#\/?/, '').split('/')
  if (view === 'ended' || view === 'campaigns' || view === 'definitions') return { view }
  if (view === 'sessions' && id) return { view: 'session', id: decode(id) }
  return { view: 'live' }
}

/** A fragment cut in the middle of an escape is taken as it stands. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The fragment that leads to a route. */
export const toHash = (route: Route): string => {
  if (route.view === 'session') return `#/sessions/${encodeURIComponent(route.id)}`
  return route.view === 'live' ? '#/' : `#/${route.view}`
}
